package bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Items that can be scanned, filed while no clock runs: what filing costs, one pays who files and another does not. */
final class Stock {

    /** As many as are asked for. */
    interface Filer {
        List<String> file(int items) throws Exception;
    }

    private final Filer filer;
    private final Deque<String> ready = new ArrayDeque<>();

    Stock(Filer filer) {
        this.filer = filer;
    }

    /** Files what is missing. */
    synchronized void ready(int items) throws Exception {
        if (ready.size() < items) {
            ready.addAll(filer.file(items - ready.size()));
        }
    }

    /** @throws IllegalStateException when there are not so many: more filed now would be measured with the rest */
    synchronized List<String> take(int items) {
        if (ready.size() < items) {
            throw new IllegalStateException(
                    "no items are left, and none may be filed while it is measured: it went faster than was foreseen");
        }
        List<String> taken = new ArrayList<>(items);
        for (int n = 0; n < items; n++) {
            taken.add(ready.poll());
        }
        return taken;
    }
}
