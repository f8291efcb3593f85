package vn.bocau.wire.http.ngsp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What one-stop systems send, as OpenCPS's {@code VNPostInputModel} has it, with invented people. */
final class OrderBodies {

    static final String ID_NUMBER = "045000000001";

    private OrderBodies() {}

    /** From the agency to the citizen. */
    static ObjectNode result(String number) {
        return agency(citizen(order(number, "Trả hồ sơ tại nhà"), "Receiver"), "Sender");
    }

    /** From the citizen to the agency, under the same number. */
    static ObjectNode pickup(String number) {
        return agency(citizen(order(number, "Thu gom hồ sơ tại nhà"), "Sender"), "Receiver");
    }

    static ObjectNode document(String number) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("CustomerCode", "QTI-TTHCC")
                .put("OrderNumber", number);
        document.putObject("Procedure")
                .put("Code", "1.000123")
                .put("Title", "Đăng ký B")
                .put("Category", "G05-TP01")
                .put("Elements", "Tờ khai;Bản sao CCCD");
        document.put("IsSendDocument", true).set("DocumentSender", person());
        document.put("IsReceiveResult", true).set("ResultReceiver", person());
        return document.put("State", 1);
    }

    private static ObjectNode order(String number, String service) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("CustomerCode", "QTI-TTHCC")
                .put("OrderNumber", number)
                .put("CODAmount", 0.0)
                .put(
                        "SenderDesc",
                        "Mã hồ sơ: " + number + "||Tên thủ tục: Cấp lại giấy phép A||Thành phần hồ sơ 1: Giấy phép"
                                + "||Tên dịch vụ: " + service + "||CMND: " + ID_NUMBER)
                .putNull("Description");
    }

    private static ObjectNode agency(ObjectNode order, String side) {
        return order.put(side + "Province", 52)
                .put(side + "District", 5210)
                .put(side + "Address", "Trung tâm Phục vụ HCC, Đông Hà")
                .put(side + "Name", "Trung tâm Phục vụ hành chính công tỉnh Quảng Trị")
                .putNull(side + "Email")
                .put(side + "Tel", "02330000001");
    }

    private static ObjectNode citizen(ObjectNode order, String side) {
        return order.put(side + "Province", 52)
                .put(side + "District", 5240)
                .put(side + "Address", "Thôn 2, xã Ví Dụ")
                .put(side + "Name", "Lê Thị Mẫu")
                .putNull(side + "Email")
                .put(side + "Tel", "0900000001");
    }

    private static ObjectNode person() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Name", "Lê Thị Mẫu")
                .put("Phone", "0900000001")
                .put("ProvinceCode", 52)
                .put("ProvinceTitle", "Quảng Trị")
                .put("DistrictCode", 5240)
                .put("DistrictTitle", "")
                .put("Address", "Thôn 2, xã Ví Dụ")
                .putNull("Email");
    }
}
