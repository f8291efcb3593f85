package vn.bocau.wire.http.people;

import java.util.Set;
import org.springframework.stereotype.Component;
import vn.bocau.journal.Mandate;
import vn.bocau.journal.Mend;

/** By the account as it is now, whether or not somebody is signed in. */
@Component
class Mandates implements Mandate {

    private final Accounts accounts;

    Mandates(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public boolean stands(String user, Mend.Sort sort, Set<String> partners) {
        Right right = Right.of(sort);
        return accounts.named(user)
                .filter(Login::enabled)
                .map(Login::granted)
                .filter(grants -> partners.stream().allMatch(partner -> grants.may(right, partner)))
                .isPresent();
    }
}
