package vn.bocau.audit;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Text;

/**
 * Holds the record against itself and against what was signed, row by row in the order they are given. Knows no database:
 * the rows may come from a file.
 *
 * <p>A row that was changed no longer has its digest; one that was made anew with a right digest is not the one its
 * successor, the root of its day or a head has signed, and one that was put in has no stamp. Rows that are gone leave a gap in the numbers, or before the
 * head. Old rows may be archived: then whoever asks has to know from which row on, and a root to stand before it.
 */
final class AuditCheck {

    static final ZoneId VIETNAM = ZoneId.of("Asia/Ho_Chi_Minh");

    /**
     * Something that is not as it was written.
     *
     * @param from number of the first row concerned; of what cannot be read, of its line
     * @param to of the last
     */
    record Finding(Flaw flaw, long from, long to, Text what) {}

    /** In what way. */
    enum Flaw {
        /** Its content is not what was recorded. */
        CHANGED,
        /** It was there, and is not. */
        DELETED,
        /** It stands where another stood. */
        REORDERED,
        /** The newest are gone. */
        TRUNCATED,
        /** Nobody who holds the key has signed for it. */
        UNSIGNED,
        /** It is a line of the file that nobody can read. */
        UNREADABLE
    }

    private final Map<String, PublicKey> keys;
    private final long from;
    private final NavigableMap<Long, List<AuditSeal>> seals = new TreeMap<>();
    private final Map<LocalDate, AuditSeal> roots = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();

    /** The last row of each day that is over and has no root. */
    private final Map<LocalDate, Long> rootless = new TreeMap<>();

    private final boolean exported;
    private @Nullable Text remark;

    /** The newest row that what is held against itself has signed, whatever a node remembers. */
    private long ownEnd;

    private @Nullable AuditSeal head;
    private @Nullable AuditRow last;
    private @Nullable LocalDate lastDay;
    private long count;

    /** The last row for which somebody has stood. */
    private long stamped;

    /**
     * @param keys by their SHA-256 in hex
     * @param from the first row that is still kept: 1 when none was archived
     * @param exported whether the record has gone on since it was taken away
     */
    AuditCheck(Map<String, PublicKey> keys, long from, boolean exported) {
        this.keys = keys;
        this.from = from;
        this.exported = exported;
    }

    /** Before the rows: what was signed. A seal that nobody signed is told, and believed in nothing. */
    void seal(AuditSeal seal, boolean isHead) {
        if (believed(seal)) {
            ownEnd = Math.max(ownEnd, seal.seq());
            if (isHead) {
                head = seal;
            }
        }
    }

    /** Before the rows: a head that a node remembers. */
    void witness(AuditSeal seal) {
        believed(seal);
    }

    private boolean believed(AuditSeal seal) {
        if (!isSigned(seal)) {
            tell(
                    Flaw.UNSIGNED,
                    seal.seq(),
                    seal.seq(),
                    "chữ ký " + name(seal) + " không đúng, hoặc thiếu khóa công khai " + seal.key(),
                    "the signature of " + name(seal) + " is wrong, or the public key " + seal.key() + " is missing");
            return false;
        }
        seals.computeIfAbsent(seal.seq(), s -> new ArrayList<>()).add(seal);
        if (seal.day() != null) {
            roots.put(seal.day(), seal);
        }
        return true;
    }

    void row(AuditRow row) {
        count++;
        if (row.seq() < 1) {
            tell(
                    Flaw.UNSIGNED,
                    row.seq(),
                    row.seq(),
                    "không phải do Bồ Câu ghi: nhật ký bắt đầu từ dòng 1",
                    "not written by Bồ Câu: the record begins with row 1");
            return;
        }
        AuditRow before = last;
        if (before == null) {
            stamped = row.seq() - 1;
            begins(row);
        } else if (row.seq() <= before.seq()) {
            tell(
                    Flaw.REORDERED,
                    row.seq(),
                    row.seq(),
                    "dòng " + row.seq() + " đứng sau dòng " + before.seq(),
                    "row " + row.seq() + " stands after row " + before.seq());
            judge(row);
            return;
        } else if (row.seq() > before.seq() + 1) {
            gone(Flaw.DELETED, before.seq() + 1, row.seq() - 1);
        } else if (!Arrays.equals(row.previous(), before.digest()) && row.isWhole() && before.isWhole()) {
            tell(
                    Flaw.CHANGED,
                    before.seq(),
                    before.seq(),
                    "dòng " + before.seq() + " không phải là dòng mà dòng sau đã nối vào",
                    "row " + before.seq() + " is not the one that the next was chained to");
        }
        judge(row);
        stamp(row);
        day(row);
        last = row;
    }

    /** Something stands there that is no line of a record; the others are judged all the same. */
    void unreadable(String file, long line, String why) {
        count++;
        tell(
                Flaw.UNREADABLE,
                line,
                line,
                file + ":" + line + " không đọc được (" + why + ")",
                file + ":" + line + " cannot be read (" + why + ")");
    }

    /** It covers itself and what its transaction wrote before it, and nothing else does. */
    private void stamp(AuditRow row) {
        AuditStamp stamp = row.stamp();
        if (stamp == null) {
            return;
        }
        boolean ours =
                isSigned(stamp.key(), AuditStamp.words(stamp.from(), row.seq(), row.digest()), stamp.signature());
        unstamped(ours ? stamp.from() - 1 : row.seq());
        stamped = row.seq();
    }

    private void unstamped(long to) {
        if (to > stamped) {
            tell(
                    Flaw.UNSIGNED,
                    stamped + 1,
                    to,
                    "không phải do Bồ Câu ghi, hoặc thiếu khóa công khai",
                    "not written by Bồ Câu, or a public key is missing");
        }
    }

    /** After the rows. */
    List<Finding> end() {
        long end = last == null ? 0 : last.seq();
        unstamped(end);
        rootless.forEach(this::rootless);
        boolean empty = count == 0 && seals.isEmpty();
        if (head == null && !empty) {
            tell(
                    Flaw.UNSIGNED,
                    end,
                    end,
                    "không có đầu chuỗi đã ký nên không biết các dòng mới nhất còn đủ không",
                    "there is no signed head, so nobody knows whether the newest rows are all there");
        }
        long signed = seals.isEmpty() ? 0 : seals.lastKey();
        if (signed > end && exported && head != null && ownEnd <= end) {
            later(end + 1, signed);
        } else if (signed > end) {
            gone(Flaw.TRUNCATED, end + 1, signed);
        }
        if (head != null && head.seq() < signed && signed <= end) {
            tell(
                    Flaw.UNSIGNED,
                    head.seq() + 1,
                    signed,
                    "đầu chuỗi trong cơ sở dữ liệu cũ hơn đầu chuỗi đã ký ở nơi khác",
                    "the head in the database is older than one that was signed elsewhere");
        }
        if (head != null && end > Math.max(signed, head.seq())) {
            tell(
                    Flaw.UNSIGNED,
                    Math.max(signed, head.seq()) + 1,
                    end,
                    "các dòng sau đầu chuỗi đã ký không phải do Bồ Câu ghi",
                    "the rows after the signed head were not written by Bồ Câu");
        }
        return findings;
    }

    long count() {
        return count;
    }

    /** After the end: what is no finding, but for people to know. */
    Optional<Text> remark() {
        return Optional.ofNullable(remark);
    }

    /** Of an export alone: its own end is signed, and a node remembers rows after it. */
    private void later(long from, long to) {
        String rows = from == to ? Long.toString(from) : from + "–" + to;
        String until = last == null ? "–" : last.at().toString();
        remark = new Text(
                "Dòng " + rows + " được ghi sau khi xuất tệp này, hoặc đã bị cắt khỏi tệp; dòng cuối của tệp ghi lúc "
                        + until + ".",
                "Rows " + rows + " were recorded after this export, or cut off from it; its last row is of " + until
                        + ".");
    }

    private void begins(AuditRow row) {
        if (row.seq() == 1) {
            if (!Arrays.equals(row.previous(), AuditRow.BEGINNING)) {
                changed(row);
            }
            return;
        }
        boolean archived = row.seq() == from
                && seals.getOrDefault(row.seq() - 1, List.of()).stream()
                        .anyMatch(seal -> seal.day() != null && Arrays.equals(seal.digest(), row.previous()));
        if (!archived) {
            gone(Flaw.DELETED, Math.min(from, row.seq() - 1), row.seq() - 1);
        }
    }

    private void judge(AuditRow row) {
        boolean signedOtherwise = seals.getOrDefault(row.seq(), List.of()).stream()
                .anyMatch(seal -> !Arrays.equals(seal.digest(), row.digest()));
        if (!row.isWhole()) {
            changed(row);
        } else if (signedOtherwise) {
            Long before = seals.lowerKey(row.seq());
            tell(
                    Flaw.CHANGED,
                    before == null ? 1 : before + 1,
                    row.seq(),
                    "các dòng đến " + row.seq() + " đã được viết lại sau khi ký",
                    "rows up to " + row.seq() + " were written anew after they had been signed");
        }
    }

    /** A day that is over has a root, which is its last row's. */
    private void day(AuditRow row) {
        LocalDate day = LocalDate.ofInstant(row.at(), VIETNAM);
        LocalDate before = lastDay;
        AuditRow ended = last;
        if (before != null && ended != null && day.isAfter(before)) {
            AuditSeal root = roots.get(before);
            if (root == null) {
                rootless.put(before, ended.seq());
            }
            if (root != null && root.seq() != ended.seq() && root.seq() < row.seq()) {
                tell(
                        Flaw.CHANGED,
                        ended.seq(),
                        ended.seq(),
                        "ngày " + before + " được ký đến dòng " + root.seq() + " nhưng có dòng " + ended.seq(),
                        before + " was signed up to row " + root.seq() + ", but has row " + ended.seq());
            }
        }
        if (before == null || day.isAfter(before)) {
            lastDay = day;
        }
    }

    /** Days are signed in their order, each on the next: only the newest that is over may still wait. */
    private void rootless(LocalDate day, long seq) {
        boolean later = roots.keySet().stream().anyMatch(day::isBefore);
        if (later || lastDay != null && day.isBefore(lastDay.minusDays(1))) {
            tell(Flaw.UNSIGNED, seq, seq, "ngày " + day + " thiếu chữ ký", day + " has lost its signature");
        }
    }

    private void changed(AuditRow row) {
        tell(
                Flaw.CHANGED,
                row.seq(),
                row.seq(),
                "dòng " + row.seq() + " đã bị sửa",
                "row " + row.seq() + " was changed");
    }

    private void gone(Flaw flaw, long from, long to) {
        String rows = from == to ? Long.toString(from) : from + "–" + to;
        tell(flaw, from, to, "thiếu dòng " + rows, (from == to ? "row " : "rows ") + rows + " missing");
    }

    private void tell(Flaw flaw, long from, long to, String vi, String en) {
        findings.add(new Finding(flaw, from, to, new Text(vi, en)));
    }

    private static String name(AuditSeal seal) {
        return seal.day() == null ? "head " + seal.seq() : "root " + seal.day();
    }

    private boolean isSigned(AuditSeal seal) {
        return isSigned(seal.key(), seal.words(), seal.signature());
    }

    private boolean isSigned(String by, byte[] words, byte[] signed) {
        PublicKey key = keys.get(by);
        if (key == null) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update(words);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
