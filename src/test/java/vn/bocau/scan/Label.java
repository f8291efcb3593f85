package vn.bocau.scan;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.MultiFormatWriter;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;

/** What lies before a phone's camera: an item's label with its QR and its Code 128, as printed and then handled; and what is no label. */
final class Label {

    /** What happened to a label on the way. */
    enum Wear {
        NONE,
        /** The QR is scratched: the bars have to be read. */
        QR_LOST,
        /** A pen went along the bars: the QR has to be read. */
        BARS_LOST
    }

    private static final int INK = 0x202020;
    private static final int PAPER = 0xF4F1EA;
    private static final int BOX = 0xA98A63;

    private Label() {}

    /** One label in the aiming window, its bars three pixels wide. */
    static BufferedImage alone(String item, Wear wear) {
        BufferedImage picture = table();
        draw(picture, item, wear, 300, 280, 3, 5);
        return picture;
    }

    /** Eight labels in two columns, smaller, as on a tray. */
    static BufferedImage together(List<String> items) {
        BufferedImage picture = table();
        for (int i = 0; i < items.size(); i++) {
            draw(picture, items.get(i), Wear.NONE, 175 + i % 2 * 475, 50 + i / 2 * 160, 2, 4);
        }
        return picture;
    }

    /** Any other code in the middle of the view: a shop's, an identity card's, an address in the web. */
    static BufferedImage other(BarcodeFormat format, String text) {
        BufferedImage picture = table();
        Graphics2D g = pen(picture);
        g.setColor(new Color(PAPER));
        g.fillRect(400, 200, 480, 320);
        boolean square = format == BarcodeFormat.QR_CODE;
        code(g, text, format, square ? 520 : 450, square ? 245 : 300, square ? 5 : 3, square ? 0 : 110);
        g.dispose();
        return picture;
    }

    static BufferedImage table() {
        BufferedImage picture = new BufferedImage(Film.WIDTH, Film.HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = pen(picture);
        g.setColor(new Color(BOX));
        g.fillRect(0, 0, Film.WIDTH, Film.HEIGHT);
        g.setColor(new Color(BOX - 0x181818));
        g.fillRect(0, 120, Film.WIDTH, 14);
        g.fillRect(0, 600, Film.WIDTH, 14);
        g.dispose();
        return picture;
    }

    private static void draw(BufferedImage on, String item, Wear wear, int x, int y, int bar, int dot) {
        Graphics2D g = pen(on);
        int side = 29 * dot;
        int width = 200 * bar;
        g.setColor(new Color(PAPER));
        g.fillRect(x, y, side + width - 20 * bar, side + 12);
        code(g, item, BarcodeFormat.QR_CODE, x, y + 4, dot, 0);
        int bars = x + side + bar;
        code(g, item, BarcodeFormat.CODE_128, bars, y + 8 * dot, bar, 13 * dot);
        g.setColor(new Color(INK));
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 3 * dot));
        g.drawString("BƯU ĐIỆN VIỆT NAM · Hồ sơ hành chính công", bars + 10 * bar, y + 4 * dot);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 2 * dot));
        g.drawString("Người nhận: Lê Thị Mẫu, 12 đường Mẫu, phường Đông Hà", bars + 10 * bar, y + 7 * dot);
        g.setFont(new Font(Font.MONOSPACED, Font.BOLD, 4 * dot));
        g.drawString(item.replaceFirst("(..)(...)(...)(...)(..)", "$1 $2 $3 $4 $5"), bars + 20 * bar, y + 25 * dot);
        if (wear == Wear.QR_LOST) {
            g.setColor(new Color(BOX));
            g.fillRect(x + 3 * dot, y + 3 * dot, 11 * dot, 12 * dot);
        } else if (wear == Wear.BARS_LOST) {
            g.fillRect(bars + 30 * bar, y + 7 * dot, 12 * bar, 15 * dot);
        }
        g.dispose();
    }

    private static void code(Graphics2D g, String text, BarcodeFormat format, int x, int y, int module, int height) {
        BitMatrix matrix;
        try {
            matrix = new MultiFormatWriter()
                    .encode(
                            text,
                            format,
                            0,
                            1,
                            Map.of(EncodeHintType.MARGIN, 4, EncodeHintType.CHARACTER_SET, "UTF-8"));
        } catch (WriterException e) {
            throw new IllegalArgumentException(text, e);
        }
        g.setColor(new Color(INK));
        for (int row = 0; row < matrix.getHeight(); row++) {
            for (int column = 0; column < matrix.getWidth(); column++) {
                if (matrix.get(column, row)) {
                    g.fillRect(x + column * module, y + row * module, module, height == 0 ? module : height);
                }
            }
        }
    }

    private static Graphics2D pen(BufferedImage on) {
        Graphics2D g = on.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        return g;
    }
}
