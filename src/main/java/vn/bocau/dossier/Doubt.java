package vn.bocau.dossier;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Text;
import vn.bocau.dossier.rules.Contradiction;

/**
 * Why a person has to look at a handling that was kept: it contradicts what was known, or what it says was done is less,
 * or more, than was asked.
 *
 * @param code stable, for programs
 */
record Doubt(String code, Text text) {

    static final Doubt UNKNOWN_ITEM = of(
            "unknown-item",
            "Chưa biết bưu gửi này; thao tác đã được giữ lại và sẽ được ghép khi biết.",
            "Nobody knows this item yet; the handling is kept and counts as soon as it is known.");
    static final Doubt MORE_THAN_DUE = of(
            "more-than-due",
            "Đã thu nhiều hơn số phải thu; phần thừa phải trả lại cho người dân.",
            "More was collected than was due; the rest is to be given back.");
    static final Doubt LESS_THAN_DUE = of(
            "less-than-due",
            "Đã thu ít hơn số phải thu mà vẫn phát.",
            "Less was collected than was due, and it was delivered all the same.");
    static final Doubt FOR_ANOTHER_PAYEE = of(
            "for-another-payee",
            "Thu hộ cho đơn vị thụ hưởng đã được thay, hoặc không rõ cho đơn vị nào; hãy hỏi bưu tá.",
            "COD was taken for a payee that had been replaced, or nobody knows for whom; ask the worker.");
    static final Doubt NOT_SIGNED =
            of("not-signed", "Đã phát mà không có chữ ký hay ảnh.", "It was delivered without a signature or a photo.");
    static final Doubt NOT_IDENTIFIED = of(
            "not-identified",
            "Đã phát mà chưa đối chiếu được giấy tờ của người nhận.",
            "It was delivered without the receiver's identity being matched.");
    static final Doubt ORIGINALS_LEFT = of(
            "originals-left",
            "Đã phát mà chưa thu đủ bản chính.",
            "It was delivered without taking back all the originals.");

    static final Doubt REMITTED_MORE = of(
            "remitted-more",
            "Đã bàn giao nhiều phí hơn số đã thu của bưu gửi này.",
            "More fee was handed over than was taken for this item.");
    static final Doubt OFF_ROUTE = of(
            "off-route",
            "Bưu gửi này không có bưu cục của bạn trên đường đi; hãy xem có bị chuyển nhầm không.",
            "This item has no business at this office; see whether it was sent there by mistake.");

    static final Doubt TOLD_OTHERWISE = of(
            "told-otherwise",
            "Bưu chính ngoài được báo hai số tiền phải thu khác nhau; hãy hỏi đã thu bao nhiêu.",
            "The carrier was told of two different amounts; ask how much it has taken.");
    static final Doubt TAKEN_BACK = of(
            "taken-back",
            "Bưu chính ngoài nói về đơn hàng đã thu hồi, mà không giữ bưu gửi.",
            "The carrier speaks of an order that was taken back, and does not have the item.");

    static final Doubt TAKEN_BACK_BEFORE = of(
            "taken-back-before",
            "Cơ quan đã lấy lại kết quả này trước khi bưu điện báo là đang giữ; hãy hỏi cơ quan có giao đi không.",
            "The agency had taken this result back before the post said that it has it; ask the agency whether it goes.");

    private static final Map<String, Doubt> BY_CODE = Stream.concat(
                    Stream.of(
                            UNKNOWN_ITEM,
                            MORE_THAN_DUE,
                            LESS_THAN_DUE,
                            FOR_ANOTHER_PAYEE,
                            NOT_SIGNED,
                            NOT_IDENTIFIED,
                            ORIGINALS_LEFT,
                            REMITTED_MORE,
                            OFF_ROUTE,
                            TOLD_OTHERWISE,
                            TAKEN_BACK,
                            TAKEN_BACK_BEFORE),
                    Arrays.stream(Contradiction.values()).map(Doubt::of))
            .collect(Collectors.toMap(Doubt::code, Function.identity()));

    /** @param code as it was kept; empty when it is null */
    static Optional<Doubt> of(@Nullable String code) {
        return Optional.ofNullable(code).map(BY_CODE::get);
    }

    private static Doubt of(String code, String vi, String en) {
        return new Doubt(code, new Text(vi, en));
    }

    static Doubt of(Contradiction contradiction) {
        return new Doubt(contradiction.code(), contradiction.text());
    }
}
