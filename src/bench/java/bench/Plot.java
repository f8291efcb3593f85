package bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Panels of lines, drawn as SVG. What stands along the axis below is at equal distances, whatever its numbers. */
final class Plot {

    private static final int WIDTH = 520;
    private static final int HEIGHT = 430;
    private static final int LEFT = 70;
    private static final int RIGHT = 25;
    private static final int TOP = 120;
    private static final int BOTTOM = 60;
    private static final int HEADING = 50;
    private static final double INSET = 0.06;
    private static final int TICKS = 5;
    private static final int MARK = 4;

    /** Told apart also by who does not see all colours, and by their marks. */
    private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73", "#aa4499");

    /**
     * @param below what stands at each place of the axis below
     * @param lines by name, a value for each place; NaN where there is none
     */
    record Panel(String title, String axisBelow, String axisLeft, List<String> below, Map<String, List<Double>> lines) {

        private double most() {
            return lines.values().stream()
                    .flatMap(List::stream)
                    .mapToDouble(v -> v)
                    .filter(v -> !Double.isNaN(v))
                    .max()
                    .orElse(0);
        }
    }

    private Plot() {}

    static String svg(String vietnamese, String english, List<Panel> panels) {
        // The same colour in each panel.
        List<String> names = panels.stream()
                .flatMap(panel -> panel.lines.keySet().stream())
                .distinct()
                .toList();
        int width = WIDTH * panels.size();
        int height = HEADING + HEIGHT;
        var svg = new StringBuilder(String.format(
                Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" font-family="'Noto Sans', 'DejaVu Sans', sans-serif" font-size="13" fill="#222">
                <title>%s · %s</title>
                <rect width="%d" height="%d" fill="#fff"/>
                <text x="20" y="30" font-size="18" font-weight="bold">%s</text>
                <text x="20" y="50" font-size="14">%s</text>
                """,
                width,
                height,
                width,
                height,
                escaped(vietnamese),
                escaped(english),
                width,
                height,
                escaped(vietnamese),
                escaped(english)));
        for (int n = 0; n < panels.size(); n++) {
            svg.append(String.format(Locale.ROOT, "<g transform=\"translate(%d %d)\">%n", n * WIDTH, HEADING));
            draw(svg, panels.get(n), names);
            svg.append("</g>\n");
        }
        return svg.append("</svg>\n").toString();
    }

    private static void draw(StringBuilder svg, Panel panel, List<String> names) {
        double step = step(panel.most());
        double top = Math.max(step, Math.ceil(panel.most() / step) * step);
        text(svg, LEFT, 42, "start", "font-size=\"15\" font-weight=\"bold\"", panel.title);
        for (double tick = 0; tick <= top + step / 2; tick += step) {
            double y = y(tick, top);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"%s\"/>%n",
                    LEFT,
                    y,
                    WIDTH - RIGHT,
                    y,
                    tick == 0 ? "#222" : "#ddd"));
            text(svg, LEFT - 8, y + 4, "end", "", String.format(Locale.ROOT, step < 1 ? "%.1f" : "%,.0f", tick));
        }
        int places = panel.below.size();
        for (int n = 0; n < places; n++) {
            text(svg, x(n, places), HEIGHT - BOTTOM + 20, "middle", "", panel.below.get(n));
        }
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - BOTTOM + 43, "middle", "", panel.axisBelow);
        text(svg, LEFT - 55, TOP - 14, "start", "", panel.axisLeft);
        int place = 0;
        for (Map.Entry<String, List<Double>> line : panel.lines.entrySet()) {
            int number = names.indexOf(line.getKey());
            String colour = COLOURS.get(number % COLOURS.size());
            legend(svg, place++, number, colour, line.getKey());
            line(svg, number, colour, line.getValue(), top);
        }
    }

    private static void legend(StringBuilder svg, int place, int number, String colour, String name) {
        double x = LEFT + (place % 2) * (WIDTH - LEFT - RIGHT) / 2.0 + MARK;
        double y = 60.0 + place / 2 * 18;
        svg.append(mark(number, x, y, colour));
        text(svg, x + 12, y + 4, "start", "", name);
    }

    private static void line(StringBuilder svg, int number, String colour, List<Double> values, double top) {
        var path = new StringBuilder();
        List<String> marks = new ArrayList<>();
        boolean begun = false;
        for (int n = 0; n < values.size(); n++) {
            double value = values.get(n);
            if (Double.isNaN(value)) {
                begun = false;
                continue;
            }
            double x = x(n, values.size());
            double y = y(value, top);
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", begun ? "L" : "M", x, y));
            marks.add(mark(number, x, y, colour));
            begun = true;
        }
        svg.append(String.format(
                Locale.ROOT, "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n", path, colour));
        marks.forEach(svg::append);
    }

    /** Circle, square, triangle, diamond. */
    private static String mark(int number, double x, double y, String colour) {
        String shape = switch (number % COLOURS.size()) {
            case 0 -> String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%d\"", x, y, MARK);
            case 1 -> polygon(x - MARK, y - MARK, x + MARK, y - MARK, x + MARK, y + MARK, x - MARK, y + MARK);
            case 2 -> polygon(x, y - MARK - 1, x + MARK + 1, y + MARK, x - MARK - 1, y + MARK);
            default -> polygon(x, y - MARK - 1, x + MARK + 1, y, x, y + MARK + 1, x - MARK - 1, y);
        };
        return shape + " fill=\"" + colour + "\"/>\n";
    }

    private static String polygon(double... points) {
        var text = new StringBuilder("<polygon points=\"");
        for (double point : points) {
            text.append(String.format(Locale.ROOT, "%.1f ", point));
        }
        return text.append('"').toString();
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String look, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>%n",
                x,
                y,
                anchor,
                look,
                escaped(text)));
    }

    static double x(int place, int places) {
        double room = WIDTH - LEFT - RIGHT;
        double inset = room * INSET;
        return places == 1 ? LEFT + room / 2 : LEFT + inset + (room - 2 * inset) * place / (places - 1);
    }

    /** @param top the value at the upper end of the axis; 0 is at its lower end */
    static double y(double value, double top) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top;
    }

    /** From one tick to the next: 1, 2 or 5 and zeros, so that about five of them are as much as there is. */
    static double step(double most) {
        if (most <= 0) {
            return 1;
        }
        double rough = most / TICKS;
        double zeros = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double nice : new double[] {1, 2, 5}) {
            if (rough <= nice * zeros * (1 + 1e-9)) {
                return nice * zeros;
            }
        }
        return 10 * zeros;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
