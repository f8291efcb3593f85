package vn.bocau.desk;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.multipart.MultipartFile;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.desk.ResultFiles.Kept;
import vn.bocau.desk.ResultFiles.Progress;
import vn.bocau.directory.Directories;
import vn.bocau.wire.http.TableAnswer;

/** Results from a file, for an agency without a system of its own: a row each, judged alone; the same file twice changes nothing. */
@Controller
@RequestMapping("/desk/file")
class FilePage {

    private static final Text NOTHING = new Text("Hãy chọn một tệp CSV hoặc XLSX.", "Choose a CSV or XLSX file.");

    private final ResultFiles files;
    private final Directories directories;

    FilePage(ResultFiles files, Directories directories) {
        this.files = files;
        this.directories = directories;
    }

    @GetMapping
    String form(Model page, Authentication who) {
        page.addAttribute("recent", files.recent(Clerk.of(who).agency()));
        page.addAttribute("payees", directories.current().payees());
        return "desk/file";
    }

    @PostMapping
    String upload(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String form,
            @RequestParam(defaultValue = "false") boolean again,
            @RequestParam(required = false) @Nullable MultipartFile file)
            throws IOException {
        if (file == null || file.isEmpty()) {
            return refused(page, who, response, NOTHING.in(locale));
        }
        byte[] content = file.getBytes();
        try {
            // Judged anew is this content, once for each form: whoever goes back chooses another file under the same
            // form.
            String key = ResultFile.key(content);
            Kept kept =
                    files.keep(Clerk.of(who), again ? Clerks.form(form) + "-" + key : key, ResultFile.read(content));
            files.wake();
            return "redirect:/desk/file/" + kept.id() + (kept.repeat() ? "?repeat=true" : "");
        } catch (Refused refused) {
            return refused(page, who, response, refused.flaws().get(0).wrong().in(locale));
        }
    }

    private String refused(Model page, Authentication who, HttpServletResponse response, String why) {
        response.setStatus(422);
        page.addAttribute("wrong", why);
        return form(page, who);
    }

    /** How far it is, for as long as rows wait; then what became of each. */
    @GetMapping("/{id:[0-9a-f-]{36}}")
    String report(
            Model page,
            Authentication who,
            Locale locale,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean repeat) {
        Progress progress = own(who, id);
        page.addAttribute("progress", progress);
        page.addAttribute("repeat", repeat);
        if (!progress.finished()) {
            return "desk/file-progress";
        }
        List<RowOutcome> outcomes = RowOutcome.of(files.judged(id), "en".equals(locale.getLanguage()) ? "en" : "vi");
        page.addAttribute(
                "gone", outcomes.stream().filter(one -> one.item() != null).toList());
        page.addAttribute(
                "stay", outcomes.stream().filter(one -> one.item() == null).toList());
        return "desk/file-report";
    }

    /** The same for a script that asks again and again. */
    @GetMapping(path = "/{id:[0-9a-f-]{36}}/progress", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Map<String, Integer> progress(Authentication who, @PathVariable UUID id) {
        Progress progress = own(who, id);
        return Map.of("done", progress.done(), "all", progress.all());
    }

    private Progress own(Authentication who, UUID id) {
        return files.progress(Clerk.of(who).agency(), id)
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN,
                        "no-such-file",
                        "",
                        "Cơ quan không gửi tệp nào như vậy.",
                        "The agency brought no such file."));
    }

    /** An empty table with the headings. */
    @GetMapping("/template.{kind:csv|xlsx}")
    ResponseEntity<byte[]> template(@PathVariable String kind) throws IOException {
        List<TableAnswer.Column> columns = Stream.of(ResultColumn.values())
                .map(column -> new TableAnswer.Column(column.heading, column == ResultColumn.STREET ? 40 : 22, true))
                .toList();
        return TableAnswer.blank("mau-ket-qua", kind, "Ket qua", columns, ResultFile.MOST);
    }
}
