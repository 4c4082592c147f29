"""A system that speaks the old portal's interface, as tests play it."""

import json

from motcua.exchange.tests.places import HANOI
from motcua.sync.tests.streams import code_of

DSTCODE = f"VN:GOV:{HANOI}:dvc"


class Vendor:
    """A vendor's program: signs in, calls verbs, sends texts."""

    def __init__(self, client, made, *, dstcode=DSTCODE):
        self.client, self.made, self.dstcode = client, made, dstcode
        self.session = ""

    def post(self, part, body, **headers):
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.post(
            f"/dich-vu-cong/{part}",
            raw,
            content_type="application/json",
            headers={"dstcode": self.dstcode, **headers},
        )

    def auth(self, password=None):
        answer = self.post(
            "auth",
            {"username": self.made.username, "password": password or self.made.password},
        ).json()
        self.session = answer["session"]
        return answer

    def call(self, verb, **facts):
        if not self.session:
            self.auth()
        body = {"session": self.session, "madonvi": "000.00.00.H57", "service": verb, **facts}
        return self.post("service", body).json()


def legacy_dossier(number=1, *, code=None, **facts):
    """Return a dossier as vendors send it."""
    return {
        "MaHoSo": code or code_of(number),
        "MaTTHC": "1.001193",
        "TenTTHC": "Đăng ký khai sinh",
        "KenhThucHien": "1",
        "ChuHoSo": "Nguyễn Thị Lan",
        "LoaiDoiTuong": "1",
        "MaDoiTuong": "001195012345",
        "TrichYeuHoSo": "Khai sinh",
        "NgayTiepNhan": "20260917081200",
        "NgayHenTra": "20260918170000",
        "TrangThaiHoSo": "2",
        **facts,
    }


def legacy_step(number=1, status="4", *, at="20260917093000", code=None, **facts):
    """Return a step as vendors send it."""
    return {
        "MaHoSo": code or code_of(number),
        "NguoiXuLy": "Trần Văn Bình",
        "ChucDanh": "Chuyên viên",
        "ThoiDiemXuLy": at,
        "PhongBanXuLy": "Phòng Tư pháp",
        "NoiDungXuLy": "Đang xử lý",
        "TrangThai": status,
        **facts,
    }
