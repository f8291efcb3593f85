package vn.bocau.directory;

/**
 * A province or a commune as the state's own directory of administrative units lists it.
 *
 * @param code NSO
 * @param name as it is written there, with its kind or without
 * @param kind such as {@code Phường}
 * @param province its province's code; its own of a province
 */
public record StateUnit(String code, String name, String kind, String province) {

    String fullName() {
        String composed = java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFC)
                .strip()
                .replaceAll("\\s+", " ");
        return UnitKind.of(composed) == null && !kind.isBlank() ? kind.strip() + " " + composed : composed;
    }
}
