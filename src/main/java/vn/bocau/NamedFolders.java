package vn.bocau;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import vn.bocau.code.Flaws;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.StartCheck;
import vn.bocau.code.Text;

/** Whether the operator's own folders are there: nobody who named one meant to start with the files we ship. */
@Order(StartCheck.FILES)
class NamedFolders implements StartCheck {

    private final Environment environment;

    NamedFolders(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void check() {
        var flaws = new Flaws();
        for (String property : List.of("bocau.reference", "bocau.mappings", "bocau.secrets")) {
            flaws.none(() -> check(KnownVariables.variable(property), environment.getProperty(property, "")));
        }
        flaws.tell();
    }

    private static void check(String variable, String folder) {
        if (!folder.isBlank() && !isReadableFolder(folder)) {
            throw new Misconfigured(
                    new Text(
                            folder + " (" + variable + ") không phải là thư mục đọc được.",
                            folder + " (" + variable + ") is no folder that can be read."),
                    new Text(
                            "tạo thư mục ấy và cho người dùng này quyền đọc; hoặc sửa hay bỏ " + variable + ".",
                            "make it, and let this user read it; or correct " + variable + ", or leave it out."));
        }
    }

    private static boolean isReadableFolder(String folder) {
        try {
            Path path = Path.of(folder);
            return Files.isDirectory(path) && Files.isReadable(path) && Files.isExecutable(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
