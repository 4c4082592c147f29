"""The words of a form that every pack shares: its parts' labels, and labels inside sentences."""

from collections.abc import Mapping

from motcua.forms.rules.definition import Kind, Words
from motcua.forms.rules.places import Place

PART_LABELS: Mapping[str, Words] = {
    "province": Words("Tỉnh, thành phố", "Province or city"),
    "commune": Words("Xã, phường, đặc khu", "Commune, ward or special zone"),
    "street": Words("Số nhà, đường, thôn, tổ dân phố", "House number, street, village"),
    "name": Words("Họ, chữ đệm, tên", "Full name"),
    "id": Words("Số định danh cá nhân", "Personal identification number"),
    "birth_date": Words("Ngày sinh", "Date of birth"),
    "sex": Words("Giới tính", "Sex"),
    "tax_code": Words("Mã số thuế", "Tax code"),
    "bank": Words("Ngân hàng", "Bank"),
    "number": Words("Số tài khoản", "Account number"),
    "holder": Words("Chủ tài khoản", "Account holder"),
    "lat": Words("Vĩ độ", "Latitude"),
    "lng": Words("Kinh độ", "Longitude"),
    "strokes": Words("Chữ ký", "Signature"),
}
"""The labels of parts, but for those that a kind calls otherwise: `part_label`."""

ENTERPRISE_NAME = Words("Tên doanh nghiệp, hộ kinh doanh", "Name of the enterprise or household")
YES, NO = Words("Có", "Yes"), Words("Không", "No")
SEXES: Mapping[str, Words] = {"female": Words("Nữ", "Female"), "male": Words("Nam", "Male")}
EXAMPLE = Words("ví dụ:", "for example:")
FILES = Words("tệp", "file(s)")


def part_label(kind: Kind, part: str) -> Words:
    """Return what a part of a block is called."""
    return ENTERPRISE_NAME if (kind, part) == (Kind.ENTERPRISE, "name") else PART_LABELS[part]


def label_at(place: Place) -> Words:
    """Return the label of a field, or of a part of it, which names the part and the field."""
    field, whole = place.field, place.field.label
    if not place.part:
        return whole
    own = part_label(field.kind, place.part)
    if field.kind is Kind.ADDRESS:
        return Words(f"{own.vi} ({in_sentence(whole.vi)})", f"{own.en} ({in_sentence(whole.en)})")
    return Words(f"{own.vi}: {in_sentence(whole.vi)}", f"{own.en}: {in_sentence(whole.en)}")


def row_label(name: Words, number: int) -> Words:
    """Return what row ``number`` (from 0) is called: “Con thứ 2”, “Child 2”."""
    said = begun(name)
    return Words(f"{said.vi} thứ {number + 1}", f"{said.en} {number + 1}")


def begun(name: Words) -> Words:
    """Return words that begin a line: with a capital, however their pack writes them."""
    return Words(*(each[:1].upper() + each[1:] for each in (name.vi, name.en)))


def in_sentence(label: str) -> str:
    """Return a label as it stands inside a sentence: small first letter, unless an abbreviation."""
    first = label.split(maxsplit=1)[0] if label.split() else ""
    return label if first[1:] != first[1:].lower() else label[:1].lower() + label[1:]
