package vn.bocau.audit;

import java.nio.file.Path;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import vn.bocau.code.RsaKey;
import vn.bocau.code.StartCheck;
import vn.bocau.code.Text;

/** Whether the record could be signed. */
@Order(StartCheck.FILES)
class AuditKeyCheck implements StartCheck {

    static final RsaKey.Use USE = new RsaKey.Use(
            "BOCAU_AUDIT_KEY",
            new Text("khóa ký nhật ký vận hành", "the key that signs the record"),
            new Text(
                    "khôi phục tệp này, hoặc xóa đi để tạo khóa mới (khóa công khai cũ vẫn kiểm được phần đã ký).",
                    "restore the file, or delete it for a new key (what was signed is still verified by the old public one)."));

    private final Environment environment;

    AuditKeyCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void check() {
        RsaKey.check(
                environment.getProperty(AuditKey.PROPERTY, ""),
                Path.of(environment.getProperty("bocau.data", "data"), AuditKey.MADE),
                USE);
    }
}
