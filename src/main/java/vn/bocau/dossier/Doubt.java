package vn.bocau.dossier;

import vn.bocau.code.Text;
import vn.bocau.dossier.rules.Contradiction;

/**
 * Why a person has to look at a handling that was kept: it contradicts what was known, or what it says was done is less,
 * or more, than was asked.
 *
 * @param code stable, for programs
 */
record Doubt(String code, Text text) {

    static Doubt of(Contradiction contradiction) {
        return new Doubt(contradiction.code(), contradiction.text());
    }
}
