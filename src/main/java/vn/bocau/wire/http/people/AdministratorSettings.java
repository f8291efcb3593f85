package vn.bocau.wire.http.people;

import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import vn.bocau.code.Flaws;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.Text;

/**
 * The account that can do something about there being no other: {@code bocau.administrator.*}. It keeps the rules of every
 * account.
 *
 * @param password empty when none is to be made
 */
@ConfigurationProperties("bocau.administrator")
public record AdministratorSettings(
        @DefaultValue("quan-tri") String name,
        @DefaultValue("") String password) {

    public AdministratorSettings {
        if (!password.isEmpty()) {
            var flaws = new Flaws();
            flaws.none(() -> checkName(name));
            flaws.none(() -> checkPassword(name, password));
            flaws.tell();
        }
    }

    private static void checkName(String name) {
        if (!AccountDesk.NAME.matcher(name).matches()) {
            throw new Misconfigured(
                    new Text(
                            "BOCAU_ADMINISTRATOR_NAME là “" + name + "”, không phải là tên đăng nhập.",
                            "BOCAU_ADMINISTRATOR_NAME is \"" + name + "\", which is no user name."),
                    AccountDesk.RIGHT_NAME);
        }
    }

    private static void checkPassword(String name, String password) {
        Optional<Text> wrong = Passwords.wrong(password, name);
        if (wrong.isPresent()) {
            throw new Misconfigured(
                    new Text(
                            "BOCAU_ADMINISTRATOR_PASSWORD yếu: " + wrong.get().vi(),
                            "BOCAU_ADMINISTRATOR_PASSWORD is weak: "
                                    + wrong.get().en()),
                    new Text(
                            "đặt một mật khẩu dài và riêng, chẳng hạn bốn từ không liên quan.",
                            "set a long one used nowhere else, four unrelated words for instance."));
        }
    }

    boolean wanted() {
        return !password.isEmpty();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "AdministratorSettings[" + name + "]";
    }
}
