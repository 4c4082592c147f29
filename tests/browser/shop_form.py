"""The form of a shop that asks for every kind of field, as its document has it."""

from typing import Any

Document = dict[str, Any]


def w(vi: str, en: str) -> dict[str, str]:
    """Return words in both languages."""
    return {"vi": vi, "en": en}


SEXES = [
    {"value": "boy", "label": w("Con trai", "Boy")},
    {"value": "girl", "label": w("Con gái", "Girl")},
]
GOODS = [
    {"value": "food", "label": w("Thực phẩm", "Food"), "hint": w("Trừ rượu", "No alcohol")},
    {"value": "alcohol", "label": w("Rượu", "Alcohol")},
    {"value": "other", "label": w("Hàng khác", "Other goods")},
]
WARDS = [{"value": f"w{n}", "label": w(f"Tổ {n}", f"Group {n}")} for n in range(1, 9)]

PLACE: list[Document] = [
    {"id": "office", "kind": "address", "label": w("Nơi nộp", "Where to file"),
     "parts": ["province", "commune"]},
    {"id": "shop", "kind": "text", "label": w("Tên cửa hàng", "Name of the shop"),
     "hint": w("Như trên biển hiệu", "As on the sign"), "example": w("Gạo Ngon", "Good Rice")},
    {"id": "story", "kind": "long_text", "label": w("Mô tả", "Description"), "required": False},
    {"id": "area", "kind": "number", "label": w("Diện tích", "Area"), "decimals": 2,
     "unit": w("m²", "m²")},
    {"id": "capital", "kind": "money", "label": w("Vốn kinh doanh", "Capital")},
    {"id": "opened", "kind": "date", "label": w("Ngày mở cửa", "Opening day")},
    {"id": "built", "kind": "date", "partial": True, "label": w("Nhà xây năm", "House built")},
    {"id": "ward", "kind": "choice", "options": WARDS, "label": w("Tổ dân phố", "Group")},
    {"id": "sells", "kind": "choices", "options": GOODS, "label": w("Hàng bán", "What it sells")},
    {"id": "permit", "kind": "text", "label": w("Số giấy phép bán rượu", "Alcohol permit"),
     "show": 'sells contains "alcohol"'},
    {"id": "cooking", "kind": "yes_no", "label": w("Có nấu ăn tại chỗ", "Cooks on the spot")},
    {"id": "gas", "kind": "text", "label": w("Loại bếp", "Kind of stove"),
     "required": "cooking", "show": "present(cooking)"},
    {"id": "where", "kind": "point", "label": w("Vị trí cửa hàng", "Where the shop is")},
    {"id": "photos", "kind": "files", "most": 3, "required": False,
     "label": w("Ảnh cửa hàng", "Photos of the shop")},
]  # fmt: skip
PEOPLE: list[Document] = [
    {"id": "advice", "kind": "note", "tone": "warning", "label": w("Lưu ý", "Mind"),
     "text": w("Khai đúng như trên giấy tờ.", "As your papers say.")},
    {"id": "owner", "kind": "person", "label": w("Chủ cửa hàng", "Owner")},
    {"id": "company", "kind": "enterprise", "label": w("Doanh nghiệp", "Enterprise")},
    {"id": "account", "kind": "bank_account", "label": w("Tài khoản nhận tiền", "Account")},
    {"id": "phone", "kind": "phone", "label": w("Điện thoại", "Phone")},
    {"id": "mail", "kind": "email", "label": w("Thư điện tử", "E-mail")},
]  # fmt: skip
MANY: list[Document] = [
    {"id": "goods", "kind": "table", "label": w("Hàng hóa", "Goods"),
     "rows": {"name": w("Mặt hàng", "Item"), "most": 30, "columns": [
         {"id": "item", "kind": "text", "label": w("Tên hàng", "Name")},
         {"id": "price", "kind": "money", "label": w("Đơn giá", "Price")},
         {"id": "amount", "kind": "number", "label": w("Số lượng", "Amount")},
         {"id": "cost", "kind": "computed", "label": w("Thành tiền", "Cost"),
          "value": "price * amount", "format": "money"},
     ]}},
    {"id": "total", "kind": "computed", "label": w("Tổng giá trị", "Total"),
     "value": "sum(goods, price * amount)", "format": "money"},
    {"id": "reason", "kind": "text", "label": w("Nguồn vốn", "Where the money is from"),
     "show": "total > 1000000"},
    {"id": "children", "kind": "group", "label": w("Các con", "Children"), "required": False,
     "rows": {"name": w("Con", "Child"), "most": 30, "columns": [
         {"id": "name", "kind": "text", "label": w("Họ tên con", "Name of the child")},
         {"id": "sex", "kind": "choice", "options": SEXES, "label": w("Con trai hay gái", "Sex")},
         {"id": "born", "kind": "date", "label": w("Sinh ngày", "Born on"), "required": False},
         {"id": "adopted", "kind": "yes_no", "label": w("Con nuôi", "Adopted")},
         {"id": "paper", "kind": "text", "label": w("Số quyết định", "Decision"),
          "show": "adopted"},
     ]}},
    {"id": "signed", "kind": "signature", "label": w("Chữ ký người khai", "Signature")},
]  # fmt: skip


def steps() -> list[Document]:
    """Return the pages of the form."""
    return [
        {"id": name, "title": title, "sections": [{"fields": fields}]}
        for name, title, fields in (
            ("place", w("Cửa hàng", "The shop"), PLACE),
            ("people", w("Người", "People"), PEOPLE),
            ("many", w("Hàng và con", "Goods and children"), MANY),
        )
    ]
