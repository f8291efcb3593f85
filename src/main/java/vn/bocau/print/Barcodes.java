package vn.bocau.print;

import com.openhtmltopdf.extend.FSObjectDrawer;
import java.awt.Graphics2D;
import java.util.Map;
import uk.org.okapibarcode.backend.Code128;
import uk.org.okapibarcode.backend.HumanReadableLocation;
import uk.org.okapibarcode.backend.QrCode;
import uk.org.okapibarcode.backend.Symbol;
import uk.org.okapibarcode.graphics.Color;
import uk.org.okapibarcode.output.Java2DRenderer;

/** Bar codes as lines and squares of the page, sharp on any printer. Both keep the quiet zone their standard asks for. */
final class Barcodes {

    /** Modules: ISO/IEC 15417 (Code 128) and ISO/IEC 18004 (QR). */
    private static final int QUIET_BESIDE_CODE_128 = 10;

    private static final int QUIET_AROUND_QR = 4;

    private interface Kind {
        Symbol of(String content, double widthToHeight);
    }

    private Barcodes() {}

    /** Fills its place, however high that is. */
    static FSObjectDrawer code128() {
        return drawn((content, widthToHeight) -> {
            var symbol = new Code128();
            symbol.setModuleWidth(1);
            symbol.setHumanReadableLocation(HumanReadableLocation.NONE);
            symbol.setQuietZoneHorizontal(QUIET_BESIDE_CODE_128);
            symbol.setContent(content);
            symbol.setBarHeight((int) Math.ceil(symbol.getWidth() / widthToHeight));
            symbol.setContent(content);
            return symbol;
        });
    }

    static FSObjectDrawer qr() {
        return drawn((content, square) -> {
            var symbol = new QrCode();
            symbol.setModuleWidth(1);
            symbol.setPreferredEccLevel(QrCode.EccLevel.M);
            symbol.setQuietZoneHorizontal(QUIET_AROUND_QR);
            symbol.setQuietZoneVertical(QUIET_AROUND_QR);
            symbol.setContent(content);
            return symbol;
        });
    }

    private static FSObjectDrawer drawn(Kind kind) {
        return (element, x, y, width, height, device, context, dotsPerPixel) -> {
            Symbol symbol = kind.of(element.getAttribute("data"), width / height);
            float wide = (float) width / dotsPerPixel;
            float high = (float) height / dotsPerPixel;
            device.drawWithGraphics((float) x, (float) y, wide, high, page -> draw(symbol, page, wide, high));
            return Map.of();
        };
    }

    private static void draw(Symbol symbol, Graphics2D page, float wide, float high) {
        page.scale(wide / symbol.getWidth(), high / symbol.getHeight());
        new Java2DRenderer(page, 1, Color.WHITE, Color.BLACK).render(symbol);
    }
}
