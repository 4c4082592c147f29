"""Portal records for the tests of this room."""

import io
import json

HEAD = "Hình thức nộpThời gianPhí, lệ phíMô tả"


def portal_record(code="1.001193", title="Thủ tục đăng ký khai sinh", **fields):
    return {
        "ma_thu_tuc": code,
        "ten_thu_tuc": title,
        "linh_vuc": "Hộ tịch",
        "cap_thuc_hien": "Cấp xã",
        "doi_tuong_thuc_hien": "Công dân Việt Nam, Cán bộ, công chức, viên chức",
        "co_quan_thuc_hien": "Ủy ban nhân dân cấp xã",
        "cach_thuc_thuc_hien": HEAD + "Trực tuyến1Miễn phíTrực tiếp5 Ngày làm việcMiễn phí",
        "thanh_phan_ho_so": "Tên giấy tờMẫu đơn, tờ khaiSố lượngGiấy chứng sinh1 bản chính",
        "trinh_tu_thuc_hien": "Bước 1: Nộp hồ sơ.\nBước 2: Nhận kết quả.",
        "ket_qua_xu_ly": "Giấy khai sinhMã: KQ.G15.000031Từ khóaKhông có thông tin",
        "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnLuật Hộ tịch60/2014/QH13",
        **fields,
    }


def stream(*records):
    return io.BytesIO("\n".join(json.dumps(r, ensure_ascii=False) for r in records).encode())
