"""Which header of a file may stand for which column: proposed to a person, never taken without one."""

from __future__ import annotations

from collections.abc import Sequence

from coopfin.members.ledger import ID, OPTIONAL, REQUIRED

COLUMNS = (*REQUIRED, *OPTIONAL, ID)
COMMON = {
    "member": "member name|member|name|full name|customer|supplier|vendor|driver|artist|seller|contact|account name"
    "|mitglied|kunde|lieferant|nom|membre|adhérent|fournisseur|nombre|socio|proveedor|nome|membro|lid|naam|medlem|namn|navn|client|payee",
    "patronage": "patronage|amount|total|sales|net sales|gross|revenue|turnover|net amount|hours|rides|umsatz|betrag|netto"
    "|summe|montant|chiffre d'affaires|total ht|importe|ventas|importo|vendite|valor|vendas|bedrag|omzet|belopp|omsättning|beløb",
    "class": "class|member class|category|group|type|klasse|gruppe|classe|catégorie|clase|categoría|categoria|klas|kategori",
    "years": "years|years of membership|seniority|jahre|années|años|anni|anos|jaren|år",
    "shares": "shares|share capital|capital|anteile|geschäftsguthaben|parts sociales|capital social|aandelen|andelar",
    ID: "member id|member no|member number|id|no|number|mitgliedsnummer|nr|numéro|número|numero|lidnummer|medlemsnummer",
}


def proposed(headers: Sequence[str]) -> dict[str, str]:
    """By column the header that a person may mean by it; columns without one are left out.

    ``id`` is not among them: a number in an export may be that of a line as well as that of a member.
    """
    found: dict[str, str] = {}
    for column in COLUMNS:
        words = COMMON[column].split("|")
        known = {header.casefold().strip(" :."): header for header in reversed(headers)}
        match = next((known[word] for word in words if word in known), None)
        if match is not None and match not in found.values() and column != ID:
            found[column] = match
    return found
