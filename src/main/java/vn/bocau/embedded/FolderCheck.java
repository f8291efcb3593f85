package vn.bocau.embedded;

import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import vn.bocau.code.StartCheck;

/** Before the ports: who starts a second time finds them taken as well, and should read why. */
@Order(StartCheck.FOLDER)
class FolderCheck implements StartCheck {

    private final Environment environment;

    FolderCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void check() {
        DataFolder.check(environment);
    }
}
