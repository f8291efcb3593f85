package vn.bocau.directory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.bocau.code.Text;

/** One reading of all reference files into a new picture, in an order in which every name a row uses is known already. */
final class Reading {

    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

    private final ReferenceFiles files;
    private final Picture picture = new Picture();
    private final Map<String, Integer> taken = new LinkedHashMap<>();
    private final List<LoadReport.Refusal> refusals = new ArrayList<>();

    Reading(ReferenceFiles files) {
        this.files = files;
    }

    Picture picture() {
        return picture;
    }

    LoadReport report(boolean inForce) {
        return new LoadReport(Map.copyOf(taken), List.copyOf(refusals), inForce);
    }

    Reading read() {
        var places = new PlaceRows(picture);
        file("provinces.csv", places::province);
        file("communes.csv", places::commune);
        file("commune-successions.csv", places::succession);
        var parties = new PartyRows(picture);
        file("partners.csv", parties::partner);
        file("post-offices.csv", parties::office);
        file("agencies.csv", parties::agency);
        parties.checkAgenciesOfPartners(this::refuse);
        file("item-pools.csv", parties::pool);
        var procedures = new ProcedureRows(picture);
        file("procedures.csv", procedures::procedure);
        file("fees.csv", procedures::fee);
        return this;
    }

    private void file(String name, Consumer<Row> take) {
        int count = 0;
        for (Row row : files.rows(name)) {
            try {
                take.accept(row);
                count++;
            } catch (Row.Wrong wrong) {
                refuse(row, wrong.reason());
            }
        }
        taken.put(name, count);
    }

    private void refuse(Row row, Text reason) {
        LOG.warn("{} line {} is refused: {}", row.file(), row.line(), reason.en());
        refusals.add(new LoadReport.Refusal(row.file(), row.line(), reason));
    }
}
