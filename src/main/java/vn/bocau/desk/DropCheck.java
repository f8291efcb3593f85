package vn.bocau.desk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import vn.bocau.code.Text;
import vn.bocau.directory.Directory;
import vn.bocau.directory.Partner;
import vn.bocau.directory.PartnerCheck;
import vn.bocau.wire.Secrets;

/** Whether files that a partner drops could be fetched, by its row. */
@Component
final class DropCheck implements PartnerCheck {

    private final Secrets secrets;
    private final DropSettings settings;
    private final Path data;

    DropCheck(Secrets secrets, DropSettings settings, @Value("${bocau.data}") Path data) {
        this.secrets = secrets;
        this.settings = settings;
        this.data = data;
    }

    @Override
    public List<Text> wrong(Partner partner, Directory next) {
        String drop = partner.settings().get(Drop.SETTING);
        List<Text> wrong = new ArrayList<>();
        if (drop == null) {
            return wrong;
        }
        if (partner.agency() == null) {
            wrong.add(new Text(
                    "Có drop thì phải có agency: tệp thả vào là kết quả của cơ quan nào.",
                    "With drop, an agency is needed: whose results the files are."));
        }
        if (drop.equals(Drop.FOLDER)) {
            group(partner.settings().get(Drop.GROUP)).ifPresent(wrong::add);
            return wrong;
        }
        if (!Drop.SFTP.matcher(drop).matches()) {
            wrong.add(new Text(
                    "drop phải là folder, hoặc sftp://người-dùng@máy:cổng/thư-mục.",
                    "drop must be folder, or sftp://user@host:port/folder."));
            return wrong;
        }
        if (!Drop.KEY
                .matcher(partner.settings().getOrDefault(Drop.HOST_KEY, ""))
                .matches()) {
            wrong.add(
                    new Text(
                            "Thiếu drop-host-key, khóa của máy chủ SFTP như ssh-keyscan ghi, ví dụ ssh-ed25519 AAAA….",
                            "drop-host-key is missing: the SFTP server's key as ssh-keyscan writes it, such as ssh-ed25519 AAAA…."));
        }
        if (partner.secret() == null) {
            wrong.add(new Text(
                    "Thiếu secret: tên của mật khẩu, hoặc của khóa riêng, để vào máy chủ SFTP.",
                    "No secret: the name of the password, or of the private key, for the SFTP server."));
        } else {
            secrets.wrong(partner.secret()).ifPresent(wrong::add);
        }
        return wrong;
    }

    private Optional<Text> group(@Nullable String group) {
        if (group == null) {
            return Optional.empty();
        }
        if (!Drop.GROUPS.matcher(group).matches()) {
            return Optional.of(new Text(
                    "drop-group phải là tên một nhóm của hệ thống.",
                    "drop-group must be the name of a group of the system."));
        }
        if (settings.folder()
                .toAbsolutePath()
                .normalize()
                .startsWith(data.toAbsolutePath().normalize())) {
            return Optional.of(new Text(
                    "Có drop-group thì BOCAU_DROP_FOLDER phải nằm ngoài BOCAU_DATA, nơi không ai khác được vào.",
                    "With drop-group, BOCAU_DROP_FOLDER has to be outside BOCAU_DATA, which nobody else may enter."));
        }
        return Optional.empty();
    }
}
