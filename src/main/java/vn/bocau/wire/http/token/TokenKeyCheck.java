package vn.bocau.wire.http.token;

import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import vn.bocau.code.StartCheck;

/** Whether tokens could be signed. */
@Order(StartCheck.FILES)
class TokenKeyCheck implements StartCheck {

    private final Environment environment;

    TokenKeyCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void check() {
        TokenKey.check(environment);
    }
}
