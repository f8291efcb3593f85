package bench;

import java.io.IOException;

/** Something is not as measuring needs it, and whoever started it can see to that: told by its words alone. */
final class CannotMeasure extends IOException {

    private static final long serialVersionUID = 1;

    CannotMeasure(String why) {
        super(why);
    }
}
