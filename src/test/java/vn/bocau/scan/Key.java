package vn.bocau.scan;

import java.util.ArrayList;
import java.util.List;

/**
 * One key going down as a browser tells it: which key of the keyboard, and what the system made of it.
 *
 * @param code as {@code KeyboardEvent.code}; empty when a program wrote it
 * @param key as {@code KeyboardEvent.key}
 */
record Key(String code, String key) {

    static final Key BACKSPACE = new Key("Backspace", "Backspace");
    static final Key CAPS_LOCK = new Key("CapsLock", "CapsLock");
    static final Key ENTER = new Key("Enter", "Enter");
    static final Key SHIFT = new Key("ShiftLeft", "Shift");
    static final Key TAB = new Key("Tab", "Tab");

    private static final String QWERTY_SHIFTED = ")!@#$%^&*(";
    private static final String AZERTY_PLAIN = "à&é\"'(-è_ç";
    private static final String VIETNAMESE_DIGITS = "đăâêô\u0300\u0309\u0303\u0301\u0323";
    private static final String QWERTY = "AQZW";
    private static final String AZERTY = "QAWZ";

    /** A letter or digit as a scanner for QWERTY sends it to a computer set to QWERTY. */
    static Key plain(char c) {
        return switch (c) {
            case '.' -> new Key("Period", ".");
            case '-' -> new Key("Minus", "-");
            default -> new Key((Character.isDigit(c) ? "Digit" : "Key") + c, String.valueOf(c));
        };
    }

    /** Upper case is sent with Shift. */
    static List<Key> typed(String code) {
        List<Key> keys = new ArrayList<>();
        for (char c : code.toCharArray()) {
            if (Character.isLetter(c)) {
                keys.add(SHIFT);
            }
            keys.add(plain(c));
        }
        return keys;
    }

    boolean isDigit() {
        return code.startsWith("Digit");
    }

    boolean isLetter() {
        return code.startsWith("Key");
    }

    Key lower() {
        return new Key(code, isLetter() ? key.toLowerCase(java.util.Locale.ROOT) : key);
    }

    /** The digit on a QWERTY computer with Shift held. */
    Key shifted() {
        return isDigit() ? new Key(code, String.valueOf(QWERTY_SHIFTED.charAt(digit()))) : this;
    }

    Key onKeypad() {
        return isDigit() ? new Key("Numpad" + digit(), key) : this;
    }

    /** The same key on a computer set to AZERTY; digits there need Shift. */
    Key onAzerty() {
        if (isDigit()) {
            return new Key(code, String.valueOf(AZERTY_PLAIN.charAt(digit())));
        }
        return code.equals("KeyM") ? new Key(code, "?") : new Key(code, swapped(key));
    }

    /** The letter as a scanner set to AZERTY sends it to a computer set to QWERTY. */
    Key fromAzerty() {
        if (code.equals("KeyM")) {
            return new Key("Semicolon", ":");
        }
        return isLetter() ? plain(swapped(key).charAt(0)) : this;
    }

    /** The letter as a scanner set to AZERTY sends it to a computer set to AZERTY. */
    Key azertyOnAzerty() {
        return code.equals("KeyM") ? new Key("Semicolon", "M") : new Key(isLetter() ? "Key" + swapped(key) : code, key);
    }

    /** The same key on a computer set to QWERTZ. */
    Key onQwertz() {
        return new Key(code, turned(key));
    }

    /** The letter as a scanner set to QWERTZ sends it to a computer set to QWERTY. */
    Key fromQwertz() {
        return isLetter() ? plain(turned(key).charAt(0)) : this;
    }

    /** The digit on a computer set to Windows' own Vietnamese layout. */
    Key onVietnameseLayout() {
        return isDigit() ? new Key(code, String.valueOf(VIETNAMESE_DIGITS.charAt(digit()))) : this;
    }

    /** The key as an input method takes it, before it has made up its mind. */
    Key inProcess() {
        return new Key(code, "Process");
    }

    /** A character written by a program. */
    static Key written(String character) {
        return new Key("", character);
    }

    private int digit() {
        return code.charAt(code.length() - 1) - '0';
    }

    private static String turned(String letter) {
        return switch (letter) {
            case "Y" -> "Z";
            case "Z" -> "Y";
            default -> letter;
        };
    }

    private static String swapped(String letter) {
        int at = QWERTY.indexOf(letter);
        return at < 0 ? letter : String.valueOf(AZERTY.charAt(at));
    }
}
