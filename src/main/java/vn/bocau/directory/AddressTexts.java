package vn.bocau.directory;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
import vn.bocau.code.Text;

/** What is said about an address, in words of the lists alone. */
final class AddressTexts {

    static final Text EMPTY = new Text("Chưa có địa chỉ.", "There is no address.");
    static final Text TOO_LONG = new Text(
            "Địa chỉ dài quá " + AddressCheck.MOST_LETTERS + " ký tự.",
            "The address is longer than " + AddressCheck.MOST_LETTERS + " characters.");
    static final Text NO_COMMUNE = new Text(
            "Chưa thấy tên xã, phường, đặc khu trong địa chỉ; hãy ghi rõ, ví dụ: Phường Đông Hà, tỉnh Quảng Trị.",
            "No commune, ward or special zone is named; write it out, such as: Phường Đông Hà, tỉnh Quảng Trị.");
    static final Text COMMUNE_NOT_KNOWN = new Text(
            "Tên xã, phường trong địa chỉ không có trong danh mục, hoặc phần ghi sau tên ấy không nhận ra;"
                    + " hãy ghi tên xã, phường và tỉnh hiện nay.",
            "The commune named is not in the lists, or what follows its name is not known;"
                    + " write the commune and the province of today.");
    static final Text NOT_CERTAIN = new Text(
            "Tên này chưa đủ chắc chắn: có thể là tên đường, thôn, huyện cũ, hoặc viết chưa đúng.",
            "The name is not certain: it may be that of a street, a village or an old district, or be misspelt.");
    static final Text NOT_PLACED = new Text(
            "Địa chỉ chưa ghi tỉnh, huyện cũ; nơi khác cũng có thể có tên này.",
            "No province or old district is named; other places may have this name.");
    static final Text SEVERAL = new Text(
            "Tên này là tên của nhiều nơi, hiện nay hoặc trước đây.",
            "Several places have this name, or had it, or have a part of the place.");
    static final Text DISAGREES = new Text(
            "Xã, huyện, tỉnh ghi trong địa chỉ không khớp nhau.",
            "The commune, the district and the province in the address do not agree.");
    static final Text CODE_DISAGREES =
            new Text("Mã xã và địa chỉ không khớp nhau.", "The commune code and the address do not agree.");
    static final Text CODE_NOT_KNOWN =
            new Text("Mã xã không có trong danh mục.", "The commune code is not in the lists.");
    static final Text CODE_OF_SEVERAL = new Text(
            "Mã xã này ứng với nhiều nơi, và địa chỉ không cho biết là nơi nào.",
            "The commune code stands for several places, and the address does not tell which is meant.");
    static final Text ONLY_DISTRICT = new Text(
            "Địa chỉ ghi tên một huyện cũ, chưa ghi rõ xã, phường có trong danh mục.",
            "The address has the name of an old district, and none that is surely that of a commune in the lists.");
    static final Text OF_TODAY = new Text("Hiện nay có tên này.", "Has this name today.");

    private AddressTexts() {}

    /** What became of a commune that has ended. */
    static Text moved(Commune old, Commune now) {
        LocalDate since = Objects.requireNonNull(old.to()).plusDays(1);
        String before = old.fullName().equals(old.district()) || old.district() == null
                ? old.fullName()
                : old.fullName() + ", " + lower(old.district());
        return new Text(
                before + " nay thuộc " + lower(now.fullName()) + " (sáp nhập ngày " + CommuneCodes.DAY_VI.format(since)
                        + ").",
                before + " is now part of " + now.fullName() + " (merged on " + since + ").");
    }

    static Text ofDistrict(District district) {
        return new Text(
                "Nay gồm một phần " + lower(district.fullName()) + " cũ.",
                "Has a part of old " + district.fullName() + ".");
    }

    private static String lower(String fullName) {
        return fullName.substring(0, 1).toLowerCase(Locale.ROOT) + fullName.substring(1);
    }
}
