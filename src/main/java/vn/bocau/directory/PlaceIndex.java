package vn.bocau.directory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.bocau.directory.AddressWords.Word;

/** Places of all times by the bare letters of their names. */
final class PlaceIndex {

    private final Map<String, List<Called>> provinces = new HashMap<>();
    private final Map<String, List<District>> districts = new HashMap<>();
    private final Map<String, List<Commune>> communes = new HashMap<>();

    /** A province and one of its names, the whole or a short one. */
    record Called(String name, Province province) {}

    void add(Province province) {
        Stream.concat(Stream.of(province.name()), shortNames(province.name()).stream())
                .forEach(name -> put(provinces, PlaceNames.bare(name), new Called(name, province)));
    }

    void add(Commune commune) {
        put(communes, PlaceNames.bare(commune.name()), commune);
        if (commune.district() != null) {
            district(commune.district(), commune.province()).communes().add(commune);
        }
    }

    private District district(String fullName, String province) {
        List<District> known =
                districts.computeIfAbsent(PlaceNames.bare(UnitKind.nameOf(fullName)), k -> new ArrayList<>(1));
        return known.stream()
                .filter(d -> d.fullName().equals(fullName) && d.province().equals(province))
                .findFirst()
                .orElseGet(() -> {
                    var district = new District(fullName, province, new ArrayList<>());
                    known.add(district);
                    return district;
                });
    }

    List<Called> provinces(String bare) {
        return provinces.getOrDefault(bare, List.of());
    }

    List<District> districts(String bare) {
        return districts.getOrDefault(bare, List.of());
    }

    List<Commune> communes(String bare) {
        return communes.getOrDefault(bare, List.of());
    }

    /** QT and Q.Trị for Quảng Trị. */
    private static List<String> shortNames(String name) {
        List<String> syllables =
                AddressWords.of(name).all().stream().map(Word::text).toList();
        if (syllables.size() < 2) {
            return List.of();
        }
        String initials = syllables.stream().map(s -> s.substring(0, 1)).collect(Collectors.joining());
        String rest = String.join(" ", syllables.subList(1, syllables.size()));
        return List.of(initials, initials.charAt(0) + " " + rest);
    }

    private static <T> void put(Map<String, List<T>> all, String key, T place) {
        all.computeIfAbsent(key, k -> new ArrayList<>(1)).add(place);
    }
}
