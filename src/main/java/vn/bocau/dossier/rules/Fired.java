package vn.bocau.dossier.rules;

import vn.bocau.code.Text;

/**
 * A rule that fired.
 *
 * @param code stable, for programs, such as {@code attempts-used-up}
 * @param text the rule as a sentence, with its numbers
 */
public record Fired(String code, Text text) {

    static Fired of(String code, String vi, String en) {
        return new Fired(code, new Text(vi, en));
    }
}
