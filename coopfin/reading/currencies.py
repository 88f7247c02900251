"""The signs and codes of currencies that stand before or after an amount."""

from __future__ import annotations

from unicodedata import category


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


CODES = _codes("""
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
    CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
    ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
    MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
    SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND
    VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
    """)
# What one sign or word stands for; a bare dollar, pound, yen or crown may be of several countries and stays what it is.
SIGNS = {
    "€": "EUR", "Euro": "EUR", "euro": "EUR", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₪": "ILS",
    "₫": "VND", "₱": "PHP", "₦": "NGN", "₡": "CRC", "₸": "KZT", "₾": "GEL", "US$": "USD", "A$": "AUD", "AU$": "AUD",
    "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "R$": "BRL", "MX$": "MXN", "zł": "PLN", "Kč": "CZK",
    "Ft": "HUF", "lei": "RON", "Fr.": "CHF", "SFr.": "CHF", "kr": "kr", "kr.": "kr", "Rs": "Rs", "Rs.": "Rs", "RM": "MYR",
    "Rp": "IDR", "TL": "TRY", "R": "R",
}  # fmt: skip
FAMILIES = {
    "$": {"USD", "AUD", "CAD", "NZD", "HKD", "SGD", "BRL", "MXN", "ARS", "CLP", "COP"},
    "£": {"GBP", "EGP", "GIP"},
    "¥": {"JPY", "CNY"},
    "kr": {"SEK", "NOK", "DKK", "ISK"},
    "Rs": {"INR", "PKR", "LKR", "NPR"},
    "R": {"ZAR"},
}
WITHOUT_CENTS = _codes("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF")
WITH_MILLS = _codes("BHD IQD JOD KWD LYD OMR TND")


def currency_of(sign: str) -> str | None:
    """The code of a currency, or its sign where that may be of several; None where this is none."""
    if sign in CODES:
        return sign
    if sign in SIGNS:
        return SIGNS[sign]
    return sign if len(sign) == 1 and category(sign) == "Sc" else None


def same_currency(one: str, other: str) -> bool:
    """Whether two names of ``currency_of`` may be of one currency: ``$`` and ``USD`` may, ``EUR`` and ``USD`` cannot."""
    return one == other or other in FAMILIES.get(one, ()) or one in FAMILIES.get(other, ())


def decimals_of(currency: str) -> int:
    """How many decimals amounts in a currency have: 0, 2 or 3; 2 where it is not known."""
    return 0 if currency in WITHOUT_CENTS else 3 if currency in WITH_MILLS else 2
