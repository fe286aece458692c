"""The one style sheet, generated from the theme. Widgets name what they are by properties; nobody else writes QSS."""

from __future__ import annotations

from string import Template

from desktop.ui.theme import Mode, Theme

TONES = ("ink", "ink2", "ink3", "brand", "nav_ink", "nav_dim", "ok", "warn", "err", "info", "on_brand")
GROUNDS = ("ok", "warn", "err", "info")

_SHEET = Template("""
#window,#page{background:$bg}
QToolTip{background:$ink;color:$surface;border:0;padding:4px 6px}
QLabel{background:transparent}
#navigation{background:$nav}
#navigation QPushButton{color:$nav_ink;background:transparent;border:0;border-radius:8px;padding:9px 12px;
  text-align:left}
#navigation QPushButton:hover{background:$nav2}
#navigation QPushButton:checked{background:$nav_checked;color:#FFFFFF}
#navigation QPushButton:focus{outline:0;border:2px solid $accent;padding:7px 10px}
#navigation QLabel[role="badge"]{color:$nav;background:$accent;border-radius:8px;padding:1px 6px}
#top{background:$surface;border-bottom:1px solid $line}
#practice{background:$warn_bg;border-bottom:1px solid $warn}
#strip{background:$surface;border-top:1px solid $line}
#card{background:$surface;border:1px solid $line;border-radius:12px}
#panel{background:$surface;border-left:1px solid $line}
#foot{background:$surface2;border-top:1px solid $line}
#body{background:transparent}
QLineEdit[role="field"],QComboBox[role="field"]{background:$surface;border:1px solid $field;border-radius:7px;
  padding:0 10px;color:$ink;selection-background-color:$brand;selection-color:$on_brand}
QLineEdit[role="field"]:focus,QComboBox[role="field"]:focus{border:2px solid $focus;padding:0 9px}
QLineEdit[role="field"]:disabled{background:$surface2;color:$ink2;border-color:$line}
QLineEdit[state="error"]{border:2px solid $err;padding:0 9px}
QLineEdit[state="warning"]{border:2px solid $warn;padding:0 9px}
QComboBox::drop-down{border:0;width:28px}
QComboBox::down-arrow{image:none}
QComboBox QAbstractItemView{background:$surface;border:1px solid $line;selection-background-color:$sel;
  selection-color:$ink;outline:0}
QPushButton[kind]{border-radius:8px;padding:8px 14px}
QPushButton[kind="primary"]{background:$brand;color:$on_brand;border:1px solid $brand}
QPushButton[kind="primary"]:hover{background:$brand_h}
QPushButton[kind="primary"]:focus{border:2px solid $ink;padding:7px 13px}
QPushButton[kind="primary"]:disabled{background:$mute_bg;color:$ink2;border-color:$line}
QPushButton[kind="ghost"]{background:$surface;color:$ink;border:1px solid $line}
QPushButton[kind="ghost"]:hover{background:$surface2;border-color:$field}
QPushButton[kind="soft"]{background:$brand_soft;color:$brand;border:1px solid $brand_soft}
QPushButton[kind="soft"]:hover{border-color:$brand}
QPushButton[kind="soft"]:disabled{background:$mute_bg;color:$ink2;border-color:$mute_bg}
QPushButton[kind="link"]{background:transparent;color:$brand;border:1px solid transparent;padding:4px 6px}
QPushButton[kind="link"]:hover{background:$brand_soft}
QPushButton[kind="link"]:disabled{color:$ink3}
QPushButton[kind="answer"]{background:transparent;color:$ink;border:1px solid $field;padding:4px 10px}
QPushButton[kind="answer"]:hover{background:$surface}
QPushButton[kind="ghost"]:focus,QPushButton[kind="soft"]:focus,QPushButton[kind="link"]:focus,
QPushButton[kind="answer"]:focus{border:2px solid $focus}
QPushButton[kind="ghost"]:focus,QPushButton[kind="soft"]:focus{padding:7px 13px}
QPushButton[kind="answer"]:focus{padding:3px 9px}
QPushButton[kind="link"]:focus{padding:3px 5px}
QPushButton[kind="fold"]{background:transparent;color:$ink2;border:1px solid transparent;border-radius:7px;
  padding:4px 6px;text-align:left}
QPushButton[kind="fold"]:hover{background:$surface2}
QPushButton[kind="fold"]:focus{border:2px solid $focus;padding:3px 5px}
QPushButton[kind="card"]{background:$surface;border:1px solid $line;border-radius:12px}
QPushButton[kind="card"]:hover{border-color:$field}
QPushButton[kind="card"]:focus{border:2px solid $focus}
#ruler{background:$line}
QPushButton[kind="segment"]{background:$surface;color:$ink2;border:1px solid $line;padding:0 8px;border-radius:7px}
QPushButton[kind="segment"]:checked{background:$brand_soft;color:$brand;border:1px solid $brand}
QPushButton[kind="segment"]:focus{border:2px solid $focus;padding:0 7px}
QToolButton[kind="square"]{background:$surface;border:1px solid $line;border-radius:7px}
QToolButton[kind="square"]:hover{border-color:$field}
QToolButton[kind="square"]:focus{border:2px solid $focus}
QSpinBox[role="field"]{background:$surface;border:1px solid $field;border-radius:7px;padding:0 8px;color:$ink;
  selection-background-color:$brand;selection-color:$on_brand}
QSpinBox[role="field"]:focus{border:2px solid $focus;padding:0 7px}
QListView[role="sections"]{background:$surface;border:1px solid $line;border-radius:12px;padding:6px}
QListView[role="sections"]::item{padding:8px 10px;border-radius:7px;color:$ink}
QListView[role="sections"]::item:selected{background:$brand_soft;color:$brand}
QListView[role="sections"]:focus{border:2px solid $focus}
QListView[role="rows"]{border:1px solid $line;border-radius:7px}
QListView[role="rows"]::item{padding:4px 8px}
QListView[role="rows"]:focus{border:2px solid $focus}
QPlainTextEdit{background:$surface;color:$ink;border:1px solid $line;border-radius:7px}
QPlainTextEdit:focus{border:2px solid $focus}
QGroupBox{border:0;margin:0;padding:0}
QListView,QTableView{background:$surface;border:0;outline:0;color:$ink;selection-background-color:$sel;
  selection-color:$ink}
QTableView[cells="plain"]::item{padding:0 7px;border:0}
QTableView[cells="plain"]::item:selected{background:$sel;color:$ink}
QHeaderView{background:$surface2;border:0}
QHeaderView::section{background:$surface2;color:$ink3;border:0;border-bottom:1px solid $line;padding:6px 10px}
QScrollArea{border:0;background:transparent}
QScrollBar:vertical{background:transparent;width:10px;margin:2px}
QScrollBar::handle:vertical{background:$line;border-radius:3px;min-height:28px}
QScrollBar::handle:vertical:hover{background:$field}
QScrollBar::add-line,QScrollBar::sub-line{height:0;width:0}
QFrame[pill="mute"]{background:$mute_bg;border-radius:${pill_radius}px}
QFrame[pill="brand"]{background:$brand_soft;border-radius:${pill_radius}px}
QFrame[notice="brand"]{background:$brand_soft;border-radius:8px}
QLabel[role="key"]{color:$ink3;background:$surface2;border:1px solid $line;border-radius:4px;padding:1px 5px}
QCheckBox{color:$ink;spacing:9px;min-height:24px}
QCheckBox[role="kept"]{border:2px solid transparent;border-radius:6px;padding:2px 4px}
QCheckBox[role="kept"]:focus{border:2px solid $focus}
QCheckBox[role="kept"]::indicator{width:16px;height:16px;border:2px solid $field;border-radius:4px;background:$surface}
QCheckBox[role="kept"]::indicator:checked{background:$brand;border-color:$ink}
""")


def sheet(theme: Theme) -> str:
    """The style sheet for the whole application."""
    parts = [
        _SHEET.substitute(
            theme.tokens,
            nav_checked=theme.tokens["brand" if theme.mode is Mode.LIGHT else "brand_soft"],
            pill_radius=pill_height(theme) // 2,
        )
    ]
    parts += [f'QLabel[tone="{tone}"]{{color:{theme.tokens[tone]}}}' for tone in TONES]
    for ground in GROUNDS:
        colour = theme.tokens[f"{ground}_bg"]
        radius = pill_height(theme) // 2
        parts.append(f'QFrame[pill="{ground}"]{{background:{colour};border-radius:{radius}px}}')
        parts.append(f'QFrame[notice="{ground}"]{{background:{colour};border-radius:8px}}')
    return "\n".join(parts)


def pill_height(theme: Theme) -> int:
    """Height of a pill in pixels; Qt drops a corner radius above half the height, so both come from here."""
    return theme.px(23) // 2 * 2
