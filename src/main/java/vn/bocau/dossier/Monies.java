package vn.bocau.dossier;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.directory.Directories;

/** Tells who keeps accounts what is due, taken and handed on, whenever that may be otherwise than before. */
@Component
class Monies {

    private final Directories directories;
    private final ApplicationEventPublisher events;

    Monies(Directories directories, ApplicationEventPublisher events) {
        this.directories = directories;
        this.events = events;
    }

    void publish(Collection<Journey> journeys) {
        journeys.stream().filter(Monies::concerned).forEach(this::publish);
    }

    void publish(Journey journey) {
        events.publishEvent(of(journey));
    }

    /** Most dossiers cost nothing, and nobody asks for anything. */
    private static boolean concerned(Journey journey) {
        return !journey.agreed().isEmpty()
                // Also what is paid no more.
                || journey.changed()
                || journey.fresh() && journey.dossier().paidOnline()
                || journey.legs().stream().anyMatch(Leg::hasMoney);
    }

    private DossierMoney of(Journey journey) {
        List<DossierMoney.Part> parts =
                journey.legs().stream().flatMap(leg -> leg.money().stream()).toList();
        List<DossierMoney.CarrierSaid> said = journey.legs().stream()
                .flatMap(leg -> leg.carrierSaid().stream())
                .toList();
        return new DossierMoney(journey.id(), journey.dossier().agency(), paid(journey.dossier()), parts, said);
    }

    /** @return null when nothing was paid online, or not as any portal says */
    DossierMoney.@Nullable Paid paid(Dossier dossier) {
        if (!dossier.paidOnline() || dossier.portal() == null) {
            return null;
        }
        Long said = dossier.payment() == null ? null : dossier.payment().amount();
        return new DossierMoney.Paid(dossier.portal(), due(dossier).orElse(said == null ? 0 : said), said);
    }

    private Optional<Long> due(Dossier dossier) {
        if (dossier.procedure() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(directories.current().fee(dossier.procedure(), dossier.channel(), dossier.filedOn()));
        } catch (Refused notSet) {
            return Optional.empty();
        }
    }
}
