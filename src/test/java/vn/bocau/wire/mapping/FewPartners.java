package vn.bocau.wire.mapping;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.bocau.directory.Agency;
import vn.bocau.directory.Channel;
import vn.bocau.directory.Commune;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.directory.Partner;
import vn.bocau.directory.PostOffice;
import vn.bocau.directory.Procedure;
import vn.bocau.directory.Province;

/** A directory that knows some partners and nothing else. */
public record FewPartners(List<Partner> partners) implements Directory, Directories {

    public static FewPartners of(Partner... partners) {
        return new FewPartners(List.of(partners));
    }

    /** The mappings we ship, with these partners and a folder that goes before. */
    public Mappings mappings(@Nullable Path folder) {
        return new Mappings(this, folder == null ? "" : folder.toString());
    }

    @Override
    public Directory current() {
        return this;
    }

    @Override
    public Optional<Partner> partner(String id) {
        return partners.stream().filter(p -> p.id().equals(id)).findFirst();
    }

    @Override
    public Optional<Partner> partnerByClientId(String clientId) {
        return partners.stream().filter(p -> clientId.equals(p.clientId())).findFirst();
    }

    @Override
    public Optional<Province> province(String code, LocalDate on) {
        return Optional.empty();
    }

    @Override
    public Optional<Commune> commune(String code, LocalDate on) {
        return Optional.empty();
    }

    @Override
    public List<Commune> successors(String code, LocalDate on) {
        return List.of();
    }

    @Override
    public List<Commune> communes(String province, LocalDate on) {
        return List.of();
    }

    @Override
    public Optional<Agency> agency(String id) {
        return Optional.empty();
    }

    @Override
    public List<Agency> agencies() {
        return List.of();
    }

    @Override
    public Optional<PostOffice> office(String code) {
        return Optional.empty();
    }

    @Override
    public Optional<PostOffice> officeServing(String commune) {
        return Optional.empty();
    }

    @Override
    public Optional<PostOffice> officeOfDistrict(int vnpostDistrict) {
        return Optional.empty();
    }

    @Override
    public List<PostOffice> offices() {
        return List.of();
    }

    @Override
    public Optional<Procedure> procedure(String code) {
        return Optional.empty();
    }

    @Override
    public List<Procedure> procedures() {
        return List.of();
    }

    @Override
    public long fee(String procedure, Channel channel, LocalDate filedOn) {
        return 0;
    }
}
