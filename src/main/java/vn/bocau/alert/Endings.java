package vn.bocau.alert;

import vn.bocau.code.Text;
import vn.bocau.dossier.rules.OwnerKind;

/** What people read when what they were called for is over. */
final class Endings {

    private Endings() {}

    static Text of(Alert.Kind kind, String about) {
        return switch (kind) {
            case PARTNER_OUTAGE ->
                new Text(
                        "Đối tác " + about
                                + " trả lời lại, thông điệp đang chờ được gửi tiếp; hoặc không còn gì để gửi thử.",
                        "Partner " + about
                                + " answers again and what waits is sent on; or nothing is left to try it with.");
            case FEED_OUTAGE ->
                new Text(
                        "Lại đọc được sự kiện của đối tác " + about + "; điều xảy ra trong lúc ấy được đọc bù.",
                        "The events of partner " + about + " are read again, with what happened meanwhile.");
            case DROP_OUTAGE ->
                new Text(
                        "Lại lấy được tệp mà đối tác " + about + " thả vào, cả những tệp thả trong lúc ấy.",
                        "The files that partner " + about + " drops are taken again, with those of meanwhile.");
            case UNFETCHED ->
                new Text(
                        "Không còn gì chờ đối tác " + about + " đến lấy đã hơn " + Conditions.UNFETCHED_HOURS
                                + " giờ, hoặc bên ấy chỉ hỏi từng đơn.",
                        "Nothing has waited for more than " + Conditions.UNFETCHED_HOURS + " hours for partner " + about
                                + " to fetch it any more, or it asks for single orders alone.");
            case NOTHING_MOVES ->
                new Text(
                        "Không còn đường nào thông mà thông điệp chờ hơn 10 phút không đi.",
                        "On no line that is open anything has waited for more than 10 minutes and does not go any more.");
            case PARKED -> parked(about.split(" ", 3));
            case PAUSED ->
                new Text(
                        (about.startsWith(Conditions.LINE) ? "Đường " : "Đoạn ") + about + " không còn tạm dừng.",
                        (about.startsWith(Conditions.LINE) ? "Line " : "Stretch ") + about + " is paused no more.");
            case MEND_STOPPED ->
                new Text(
                        "Đợt sửa tự dừng đã có người lo tiếp, hoặc đã qua một ngày.",
                        "Somebody has seen to the mend that stopped by itself, or a day has passed.");
            case OVERDUE -> {
                Text owners = OwnerKind.valueOf(about).all();
                yield new Text(
                        "Không còn việc quá hạn của " + owners.vi() + ".",
                        "No acts owed by " + owners.en() + " are overdue any more.");
            }
            case SILENCE -> silence(about);
            case DUE_SOON, BREAK_GLASS -> throw new IllegalArgumentException(kind + " does not end like this");
        };
    }

    /** @param about partner, direction and code */
    private static Text parked(String[] about) {
        boolean out = about[1].equals("OUT");
        return new Text(
                "Không còn thông điệp " + (out ? "gửi đến " : "từ ") + about[0] + " chờ người xử lý: " + about[2] + ".",
                "No messages " + (out ? "to " : "from ") + about[0] + " wait for a person any more: " + about[2] + ".");
    }

    private static Text silence(String about) {
        String[] words = about.split(" ", 3);
        return switch (words[0]) {
            case Conditions.WATCH ->
                new Text(
                        "Lại theo dõi được ai im lặng; điều đã đến trong lúc ấy được đếm bù.",
                        "Who is silent is watched again; what came meanwhile is counted.");
            case "offices" ->
                new Text(
                        "Không còn nhiều bưu cục cùng im lặng; bưu cục còn im lặng được báo riêng.",
                        "Many post offices are silent together no more; of one that still is you are told by itself.");
            case "partners" ->
                new Text(
                        "Không còn nhiều đối tác cùng im lặng; đối tác còn im lặng được báo riêng.",
                        "Many partners are silent together no more; of one that still is you are told by itself.");
            case "office" ->
                new Text("Bưu cục " + words[1] + " hết im lặng.", "Post office " + words[1] + " is silent no more.");
            default -> new Text("Đối tác " + words[1] + " hết im lặng.", "Partner " + words[1] + " is silent no more.");
        };
    }
}
