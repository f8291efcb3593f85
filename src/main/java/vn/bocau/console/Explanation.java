package vn.bocau.console;

import vn.bocau.code.Text;

/**
 * What a failure's code means to who is called at night.
 *
 * @param known false for a code that is not in our catalogue: then nothing is guessed
 * @param whose with whom it lies
 * @param cause what has happened
 * @param next what to do about it
 */
record Explanation(String code, boolean known, Whose whose, Text cause, Text next) {}
