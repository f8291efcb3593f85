package bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is to be measured.
 *
 * @param stored handlings, the fewest first
 * @param keep folder of what is filled; empty for one that goes afterwards
 * @param plot where the plot is written; empty for the folder of the run
 */
record Options(
        int rounds,
        boolean quick,
        List<String> only,
        List<Integer> points,
        int backlog,
        boolean doors,
        List<Long> stored,
        Optional<Path> keep,
        Optional<Path> plot) {

    static final String HELP = """
        ./bocau bench [--rounds=3] [--quick] [--only=ours,plain,modulith,bare] [--points=1,2,3,4,5,6]
                      [--backlog=200000] [--through-the-doors] [--stored=1000000,5000000,20000000]
                      [--keep=folder] [--plot=docs/performance.svg]

        Đo tốc độ cạnh nhau trong một lần chạy: trần của máy này, ba cách làm khác, và Bồ Câu.
        Measures side by side, in one run: this machine's ceilings, three other ways to do it, and Bồ Câu.

          --rounds   số lượt, lấy trung vị · rounds, of which the median is taken
          --quick    ngắn, chỉ để thử · short, for a try: its figures are no figures
          --only     chỉ những bên này · only these
          --points   chỉ những điểm này; 1, 2 và 3 đi cùng nhau · only these; 1, 2 and 3 go together
                       1 nhận · accepted   2 qua cả đường · through the line   3 độ trễ · delay
                       4 tháo hàng đợi sau sự cố · draining after an outage
                       5 khi đã có nhiều trong kho · with much stored   6 khởi động, bộ nhớ · start, memory
          --backlog  số thông điệp chờ khi một cổng ngừng · messages that wait while a portal is away
          --through-the-doors
                     tất cả đi qua cửa vào (lâu); nếu không, phần lớn là bản sao trong cơ sở dữ liệu của những hồ sơ đã đi qua cửa
                     all of them come through the doors, which takes long; else most are copies, in the database, of what
                     came through them: other dossiers with other items, three messages each, in the order they would have
          --stored   số thao tác đã lưu sẵn, từng mức · handlings stored already, one size after the other; 2.9 KB each
          --keep     thư mục giữ phần đã nạp để lần sau dùng lại · folder in which what was filled is kept for the next time
          --plot     nơi ghi biểu đồ (SVG); nếu không nói: docs/performance.svg khi đo tất cả, còn không thì trong thư mục
                     của lần chạy · where the plot is written; unless said, docs/performance.svg when all is measured, which
                     is all points, all sizes, with everybody, in three rounds or more, and else the folder of the run

        Kết thúc bằng 1 khi không đếm được gì, hoặc có thông điệp mất, trùng hay đảo thứ tự; mục tiêu chưa đạt chỉ được nêu ra.
        Ends with 1 when nothing was counted, or messages were lost, doubled or out of order; a goal missed is only told.

        """;

    /** Points that are measured with peers alone as well. */
    private static final int LAST_OF_EVERYBODY = 3;

    private static final List<String> SWITCHES = List.of("--quick", "--through-the-doors");
    private static final int ROUNDS = 3;
    private static final List<String> EVERYBODY = List.of("ours", "plain", "modulith", "bare");
    private static final List<Integer> POINTS = List.of(1, 2, 3, 4, 5, 6);
    private static final Path PUBLISHED = Path.of("docs", "performance.svg");
    private static final int BACKLOG = 200_000;
    private static final int QUICK_BACKLOG = 3_000;
    private static final List<Long> STORED = List.of(1_000_000L, 5_000_000L, 20_000_000L);
    private static final List<Long> QUICK_STORED = List.of(5_000L, 20_000L);

    /** Of points 1, 2 and 3, which are one round. */
    boolean line() {
        return points.contains(1) || points.contains(2) || points.contains(3);
    }

    boolean has(int point) {
        return points.contains(point);
    }

    /** @throws IllegalArgumentException naming what is not understood */
    static Options of(List<String> typed) {
        boolean quick = typed.contains("--quick");
        int rounds = ROUNDS;
        List<String> only = EVERYBODY;
        List<Integer> points = POINTS;
        int backlog = quick ? QUICK_BACKLOG : BACKLOG;
        boolean doors = false;
        List<Long> stored = quick ? QUICK_STORED : STORED;
        Optional<Path> keep = Optional.empty();
        Optional<Path> plot = Optional.empty();
        for (String one : typed) {
            String[] said = one.split("=", 2);
            if (SWITCHES.contains(said[0]) != (said.length == 1) || said.length == 2 && said[1].isBlank()) {
                throw new IllegalArgumentException(one);
            }
            String value = said[said.length - 1];
            switch (said[0]) {
                case "--quick" -> {}
                case "--through-the-doors" -> doors = true;
                case "--rounds" -> rounds = count(one, value);
                case "--backlog" -> backlog = count(one, value);
                case "--stored" ->
                    stored = Arrays.stream(value.split(","))
                            .map(size -> number(one, size))
                            .sorted()
                            .toList();
                case "--points" ->
                    points = Arrays.stream(value.split(","))
                            .map(point -> count(one, point))
                            .toList();
                case "--only" -> only = List.of(value.split(","));
                case "--keep" -> keep = Optional.of(Path.of(value).toAbsolutePath());
                case "--plot" -> plot = Optional.of(Path.of(value));
                default -> throw new IllegalArgumentException(one);
            }
        }
        if (!EVERYBODY.containsAll(only) || !POINTS.containsAll(points) || only.isEmpty() || stored.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", typed));
        }
        // Part of it would take the place of all of it.
        if (plot.isEmpty()
                && !quick
                && rounds >= ROUNDS
                && only.containsAll(EVERYBODY)
                && points.containsAll(POINTS)
                && backlog >= BACKLOG
                && stored.containsAll(STORED)) {
            plot = Optional.of(PUBLISHED);
        }
        List<String> who = only;
        points = points.stream()
                .filter(point -> point <= LAST_OF_EVERYBODY || who.contains("ours"))
                .toList();
        if (points.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", typed) + " (4, 5, 6: ours)");
        }
        return new Options(rounds, quick, only, points, backlog, doors, stored, keep, plot);
    }

    private static int count(String option, String value) {
        long number = number(option, value);
        if (number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(option);
        }
        return (int) number;
    }

    private static long number(String option, String value) {
        try {
            long number = Long.parseLong(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option, e);
        }
        throw new IllegalArgumentException(option);
    }
}
