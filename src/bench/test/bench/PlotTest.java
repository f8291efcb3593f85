package bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PlotTest {

    private static Document drawn(List<Double> values) throws Exception {
        var panel = new Plot.Panel("A < B", "below", "left", List.of("1", "2", "4"), Map.of("ours & theirs", values));
        String svg = Plot.svg("Tốc độ", "Rate", List.of(panel, panel));
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void ticks_are_round_and_about_five() {
        assertThat(Plot.step(10)).isEqualTo(2);
        assertThat(Plot.step(184)).isEqualTo(50);
        assertThat(Plot.step(893)).isEqualTo(200);
        assertThat(Plot.step(6_000)).isEqualTo(2_000);
        assertThat(Plot.step(0.7)).isCloseTo(0.2, within(1e-12));
        assertThat(Plot.step(0)).isEqualTo(1);
    }

    @Test
    void nothing_lies_on_the_axis_and_the_most_at_its_upper_end() {
        double floor = Plot.y(0, 200);
        double ceiling = Plot.y(200, 200);
        assertThat(floor).isGreaterThan(ceiling);
        assertThat(Plot.y(50, 200)).isCloseTo(floor - (floor - ceiling) / 4, within(1e-9));
    }

    @Test
    void places_are_at_equal_distances() {
        assertThat(Plot.x(1, 3) - Plot.x(0, 3)).isCloseTo(Plot.x(2, 3) - Plot.x(1, 3), within(1e-9));
        assertThat(Plot.x(0, 1)).isCloseTo((Plot.x(0, 3) + Plot.x(2, 3)) / 2, within(1e-9));
    }

    @Test
    void it_is_xml_with_titles_axes_and_a_mark_for_each_figure() throws Exception {
        Document svg = drawn(List.of(10.0, 20.0, 35.0));
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("Tốc độ", "Rate", "A < B", "below", "left", "ours & theirs", "40");
        // One in the legend and three on the line, in each of two panels.
        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(8);
    }

    @Test
    void a_name_has_the_same_colour_in_each_panel_whatever_stands_beside_it() throws Exception {
        var both = new LinkedHashMap<>(Map.of("ours", List.of(1.0, 2.0)));
        both.put("theirs", List.of(3.0, 4.0));
        String svg = Plot.svg(
                "Tốc độ",
                "Rate",
                List.of(
                        new Plot.Panel("A", "below", "left", List.of("1", "2"), both),
                        new Plot.Panel("B", "below", "left", List.of("1", "2"), Map.of("theirs", List.of(5.0, 6.0)))));
        List<String> colours = Pattern.compile("<path .*stroke=\"(#\\w+)\"")
                .matcher(svg)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(colours).hasSize(3);
        assertThat(colours.get(2)).isEqualTo(colours.get(1)).isNotEqualTo(colours.get(0));
    }

    @Test
    void where_nothing_was_measured_the_line_has_a_gap() throws Exception {
        Document svg = drawn(List.of(10.0, Double.NaN, 35.0));
        String path = svg.getElementsByTagName("path")
                .item(0)
                .getAttributes()
                .getNamedItem("d")
                .getNodeValue();
        assertThat(path).matches("M[^ML]+M[^ML]+");
        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(6);
    }

    @Test
    void with_no_figure_at_all_it_is_still_drawn() throws Exception {
        assertThat(drawn(List.of(Double.NaN, Double.NaN, Double.NaN))
                        .getElementsByTagName("circle")
                        .getLength())
                .isEqualTo(2);
    }
}
