"""The office's pages over real HTTP, as a browser without JavaScript sees them."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
import urllib3

from payung.bodies import Institution
from sync.server.accounts import MIN_PASSWORD
from sync.server.offices import Side
from tests.central import KUPANG, PASSWORD, SULAMU, Central, officer


class Browser:
    """Keeps cookies, follows redirects, fills in forms."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies: dict[str, str] = {}
        self.path = ""

    def get(self, path: str) -> urllib3.BaseHTTPResponse:
        return self._ask("GET", path)

    def post(self, path: str, **fields: str) -> urllib3.BaseHTTPResponse:
        return self._ask("POST", path, fields)

    def sign_in(self, login: str, password: str = PASSWORD) -> urllib3.BaseHTTPResponse:
        form = self.get("/masuk").data.decode()
        return self.post("/masuk", tanda=token_in(form), nama=login, sandi=password)

    def _ask(self, verb: str, path: str, fields: dict[str, str] | None = None) -> urllib3.BaseHTTPResponse:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None if fields is None else urlencode(fields)
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = urllib3.request(verb, self.address + path, body=body, headers=headers, redirect=False, retries=False)
        for line in answer.headers.getlist("Set-Cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
        self.path = path
        if answer.status in (301, 302, 303, 307):
            return self._ask("GET", answer.headers["Location"])
        return answer


def token_in(page: str) -> str:
    found = re.search(r'name="tanda" value="([0-9a-f]+)"', page)
    assert found
    return found[1]


@pytest.fixture
def browser(address: str) -> Browser:
    return Browser(address)


def test_without_a_session_the_door_opens(browser: Browser) -> None:
    page = browser.get("/").data.decode()
    assert browser.path == "/masuk"
    assert "Kata sandi" in page


def test_the_right_password_shows_the_coverage(central: Central, browser: Browser) -> None:
    page = browser.sign_in(central.user("53.71")).data.decode()
    assert browser.path == "/cakupan"
    assert "Cakupan perlindungan badan ad hoc" in page
    assert "Kota Kupang" in page
    assert "data per" in page


@pytest.mark.parametrize(("login", "password"), [(None, "salah sekali"), ("tidak-ada", PASSWORD)])
def test_a_wrong_password_says_what_to_check(
    central: Central, browser: Browser, login: str | None, password: str
) -> None:
    answer = browser.sign_in(login or central.user("53.71"), password)
    assert answer.status == 401
    assert "Periksa tombol Caps Lock" in answer.data.decode()


def test_ten_wrong_passwords_close_the_account_for_a_while(central: Central, browser: Browser) -> None:
    login = central.user("53.71")
    for _ in range(10):
        browser.sign_in(login, "salah sekali lagi")
    assert browser.sign_in(login).status == 401


def test_a_form_from_elsewhere_opens_nothing(central: Central, browser: Browser) -> None:
    login = central.user("53.71")
    browser.get("/masuk")
    browser.post("/masuk", tanda="0" * 64, nama=login, sandi=PASSWORD)
    assert "payung_sesi" not in browser.cookies


def test_leaving_ends_the_session_for_good(central: Central, browser: Browser) -> None:
    page = browser.sign_in(central.user("53.71")).data.decode()
    session = browser.cookies["payung_sesi"]
    browser.post("/keluar", tanda=token_in(page))
    browser.cookies["payung_sesi"] = session
    browser.get("/cakupan")
    assert browser.path == "/masuk"


def test_the_numbers_are_those_of_the_records(central: Central, browser: Browser) -> None:
    login = central.user("53.01")
    before = numbers(browser.sign_in(login).data.decode())
    laptop = central.laptop(SULAMU)
    laptop.exchange(central, *(laptop.saved(officer(SULAMU, tps=3, seat=seat)) for seat in (2, 3, 4)))
    after = numbers(browser.get("/cakupan").data.decode())
    assert after["petugas terdaftar"] == before["petugas terdaftar"] + 3
    assert after["kursi masih kosong"] == before["kursi masih kosong"] - 3


def test_one_can_walk_down_to_the_polling_station(central: Central, browser: Browser) -> None:
    page = browser.sign_in(central.user("53.71")).data.decode()
    assert 'href="/cakupan/53.71.04"' in page
    page = browser.get("/cakupan/53.71.04").data.decode()
    assert f'href="/cakupan/{KUPANG}"' in page
    assert "TPS 001" in browser.get(f"/cakupan/{KUPANG}").data.decode()


@pytest.mark.parametrize("region", ["53.01", "53.01.16.2001", "53", "53.7", "16.08.01.1007", "53.71.99", "%25"])
def test_other_regions_are_not_there(central: Central, browser: Browser, region: str) -> None:
    browser.sign_in(central.user("53.71"))
    answer = browser.get(f"/cakupan/{region}")
    assert answer.status == 404
    assert "Halaman ini tidak ada" in answer.data.decode()


def test_each_side_sees_its_own(central: Central, browser: Browser, address: str) -> None:
    laptop = central.laptop(KUPANG, institution=Institution.BAWASLU)
    kpu, bawaslu = central.user("53.71"), central.user("53.71", side=Side.BAWASLU)
    other = Browser(address)
    before = numbers(browser.sign_in(kpu).data.decode()), numbers(other.sign_in(bawaslu).data.decode())
    laptop.exchange(central, laptop.saved(officer(KUPANG, post="ptps", tps=5, seat=1)))
    after = numbers(browser.get("/cakupan").data.decode()), numbers(other.get("/cakupan").data.decode())
    assert after[0]["petugas terdaftar"] == before[0]["petugas terdaftar"]
    assert after[1]["petugas terdaftar"] == before[1]["petugas terdaftar"] + 1
    assert "KPPS" not in other.get("/cakupan").data.decode()


def test_the_table_comes_as_a_file(central: Central, browser: Browser) -> None:
    browser.sign_in(central.user("53.71"))
    answer = browser.get("/cakupan.csv?wilayah=53.71")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.data.decode("utf-8-sig").splitlines()[0].startswith("kode,wilayah,tps,kebutuhan")


@pytest.mark.parametrize("path", ["/masuk", "/gaya.css", "/cakupan/53.99", "/healthz", "/tidak-ada"])
def test_every_answer_carries_its_safety(browser: Browser, path: str) -> None:
    headers = browser.get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_a_page_is_small_and_needs_nothing_from_elsewhere(central: Central, browser: Browser) -> None:
    page = browser.sign_in(central.user("53.71")).data
    assert len(page) < 50_000
    assert b"http://" not in page.replace(b"http://www.w3.org", b"")
    assert b"style=" not in page


def test_cookies_are_kept_from_scripts_and_other_sites(central: Central, address: str) -> None:
    answer = urllib3.request("GET", f"{address}/masuk", retries=False)
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()


def test_passwords_must_have_a_length() -> None:
    assert MIN_PASSWORD >= 8


def numbers(page: str) -> dict[str, int]:
    """The four numbers at the head of the page."""
    found = re.findall(r"<strong[^>]*>([\d.]+)</strong><span>([^<]+)</span>", page)
    return {name: int(text.replace(".", "")) for text, name in found}
