package vn.bocau.directory;

/** Thirds that are paid out what was taken for them. */
final class PayeeRows {

    private final Picture picture;

    PayeeRows(Picture picture) {
        this.picture = picture;
    }

    void payee(Row row) {
        var payee = new Payee(
                row.shaped(
                        "id",
                        "[a-z0-9][a-z0-9-]{0,49}",
                        "chữ thường, số và dấu gạch nối, nhiều nhất 50 ký tự",
                        "lower-case letters, digits and hyphens, 50 at most"),
                row.text("name"),
                row.shaped(
                        "tax_code",
                        "\\d{10}(-\\d{3})?",
                        "mã số thuế 10 chữ số, hoặc thêm gạch nối và 3 chữ số",
                        "a tax code of 10 digits, or with a hyphen and 3 more"),
                row.optional("account"));
        Picture.checkNew(picture.payees, payee.id());
        picture.payees.put(payee.id(), payee);
    }
}
