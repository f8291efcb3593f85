package vn.bocau.directory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One reading of all reference files into a new picture, in an order in which every name a row uses is known already. */
final class Reading {

    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

    private static final int MOST_LOGGED = 5;

    private final ReferenceFiles files;
    private final Picture picture = new Picture();
    private final PartnerRows partners = new PartnerRows(picture);
    private final Map<String, Integer> taken = new LinkedHashMap<>();
    private final Map<String, String> digests = new HashMap<>();
    private final List<LoadReport.Refusal> refusals = new ArrayList<>();

    Reading(ReferenceFiles files) {
        this.files = files;
    }

    /** What stands in other files and belongs to this picture, and then the partners, once more, by who speaks with them. */
    Reading with(List<Companion> companions, List<PartnerCheck> checks) {
        companions.forEach(each -> {
            Object read = each.read(this::refuse);
            picture.companions.add(read);
            digests.putAll(each.digests(read));
        });
        partners.check(checks, (row, wrong) -> refuse(wrong.refusal(row.file(), row.line())));
        return this;
    }

    /** Tells which rows are needed and not there. */
    Reading keeping(List<StillNeeded> needed) {
        needed.stream().flatMap(each -> each.missing(picture).stream()).forEach(this::refuse);
        return this;
    }

    /** The first few in the log; all of them are in the report, which the operator's interface shows. */
    Reading log() {
        refusals.stream()
                .limit(MOST_LOGGED)
                .forEach(refusal -> LOG.warn(
                        "{}: {} · {}",
                        refusal.where(),
                        refusal.reason().vi(),
                        refusal.reason().en()));
        if (refusals.size() > MOST_LOGGED) {
            int more = refusals.size() - MOST_LOGGED;
            LOG.warn("và {} lỗi nữa, xem · and {} more, see /api/ops/v1/directory", more, more);
        }
        return this;
    }

    Picture picture() {
        return picture;
    }

    /** @param before what the picture was read from whose changes were recorded last */
    LoadReport report(boolean inForce, Sources before) {
        return new LoadReport(
                Map.copyOf(taken),
                List.copyOf(refusals),
                inForce,
                inForce ? sources().since(before) : LoadReport.Changes.NONE);
    }

    boolean isClean() {
        return refusals.isEmpty();
    }

    Sources sources() {
        return new Sources(Map.copyOf(digests), partners.fields());
    }

    Reading read() {
        files.checkFolder(this::refuse);
        var places = new PlaceRows(picture);
        file("provinces.csv", "code,name,full_name,valid_from,valid_to", places::province);
        file("communes.csv", "code,name,full_name,province,district,valid_from,valid_to", places::commune);
        file("commune-successions.csv", "old_code,new_code,on", places::succession);
        file("days.csv", "day,kind,whose,name", new DayRows(picture)::day);
        file(
                "partners.csv",
                "id,kind,name,dialect,delivery,base_url,client_id,secret,agency,concurrency,settings",
                partners::partner);
        var posts = new PostRows(picture, partners);
        file("post-offices.csv", "code,name,commune,street,phone,carrier,communes,vnpost_district", posts::office);
        file("item-pools.csv", "carrier,service,first,last,warn_below", posts::pool);
        file("agencies.csv", "id,name,commune,street,phone,office,partner,portal", partners::agency);
        partners.settle(this::takeBack);
        var procedures = new ProcedureRows(picture);
        file(
                "procedures.csv",
                "code,name,field,level,papers,pickup_by_post,result_by_post,identity_check,originals_back",
                procedures::procedure);
        file("fees.csv", "procedure,channel,amount,valid_from,valid_to", procedures::fee);
        file("payees.csv", "id,name,tax_code,account", new PayeeRows(picture)::payee);
        files.checkNames(taken.keySet(), this::refuse);
        return this;
    }

    private void file(String name, String heading, Consumer<Row> take) {
        taken.put(name, 0);
        files.rows(
                name,
                heading,
                row -> {
                    take.accept(row);
                    taken.merge(name, 1, Integer::sum);
                },
                this::refuse,
                digests::put);
    }

    /** A row that was right by itself, and names something that is not there after all. */
    private void takeBack(Row row, Row.Wrong wrong) {
        taken.merge(row.file().replace("sandbox/", ""), -1, Integer::sum);
        refuse(wrong.refusal(row.file(), row.line()));
    }

    private void refuse(LoadReport.Refusal refusal) {
        refusals.add(refusal);
    }
}
