package vn.bocau.dossier;

import vn.bocau.code.Text;

/**
 * A code with what it is called.
 *
 * @param code stable, for programs
 */
public record Word(String code, String vi, String en) {

    static Word of(String code, Text text) {
        return new Word(code, text.vi(), text.en());
    }

    static Word of(Enum<?> code, Text text) {
        return of(code.name(), text);
    }
}
