"""The rules of the cover, as they are true on paper. Standard library only; the same on laptop and server.

Glossary (official terms stay Indonesian):
badan ad hoc - the bodies of one election: KPPS, PPS, PPK, Pantarlih, Linmas (KPU); PTPS, PKD, Panwascam (Bawaslu)
JKK, JKM - Jaminan Kecelakaan Kerja, Jaminan Kematian: the two programmes of BPJS Ketenagakerjaan that are proposed
KPJ - the member number BPJS gives; NPP - the employer's number; NIK - the national identity number of a person
PAW - replacement of an officer during the term; SK - the decree that appoints
TPS - polling station; desa/kelurahan - village; kecamatan - district; kabupaten/kota - regency or city
"""

from __future__ import annotations

from typing import Final

__version__: Final = "0.1.0"  # of the program; pyproject.toml reads it here
