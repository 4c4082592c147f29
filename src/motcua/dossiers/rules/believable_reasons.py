"""Why made-up officials and applicants took a step, in their words."""

from motcua.dossiers.rules.lifecycle import Step

REASONS = {
    Step.REFUSE: (
        "Hồ sơ không thuộc thẩm quyền giải quyết của cơ quan.",
        "Người nộp không thuộc đối tượng thực hiện thủ tục này.",
        "Nội dung đề nghị đã được giải quyết ở một hồ sơ trước.",
        "Chưa đủ điều kiện theo quy định tại thời điểm nộp hồ sơ.",
    ),
    Step.WITHDRAW: (
        "Tôi không còn nhu cầu nữa.",
        "Tôi nộp nhầm thủ tục, xin rút để nộp lại.",
        "Gia đình tôi đã thay đổi kế hoạch nên xin rút hồ sơ.",
    ),
    Step.STOP: (
        "Nội dung kê khai không đúng với kết quả xác minh.",
        "Kết quả xác minh cho thấy chưa đủ điều kiện giải quyết.",
        "Vụ việc đang có tranh chấp, chưa có kết luận của cơ quan có thẩm quyền.",
    ),
    Step.ASK_PAYMENT: (
        "Đề nghị nộp phí, lệ phí để hồ sơ được tiếp nhận.",
        "Chưa ghi nhận khoản phí, lệ phí của hồ sơ, đề nghị thanh toán.",
        "Đề nghị nộp phí, lệ phí qua Cổng hoặc bằng tiền mặt tại Bộ phận Một cửa.",
    ),
    Step.REAPPOINT: (
        "Cần thêm thời gian xác minh tại địa phương khác.",
        "Đang chờ ý kiến bằng văn bản của cơ quan phối hợp.",
        "Phải tra cứu sổ gốc lưu trữ nên cần thêm thời gian.",
    ),
}
ASKING = {
    True: (
        "Đề nghị bổ sung giấy tờ còn thiếu để có thể giải quyết.",
        "Bản chụp bị mờ, đề nghị gửi lại bản rõ nét, đủ các trang.",
        "Giấy tờ đã hết hiệu lực, đề nghị gửi bản còn hiệu lực.",
    ),
    False: (
        "Đề nghị kê khai lại cho đúng với giấy tờ tùy thân.",
        "Thông tin kê khai chưa đầy đủ, đề nghị ghi rõ thêm.",
        "Thông tin kê khai không khớp với dữ liệu, đề nghị kiểm tra lại.",
    ),
}
"""What a supplement is asked for with: where a paper is missing, and where an answer is."""
