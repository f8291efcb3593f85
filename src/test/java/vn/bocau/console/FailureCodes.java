package vn.bocau.console;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Every code that a message can fail with, read out of the sources: what is given to a failure as its code is followed back
 * to the words it can be.
 */
final class FailureCodes {

    /** Which argument of which failure is its code. */
    private static final Map<String, Integer> CODE = Map.of(
            "Refused", 1, "Unavailable", 0, "NotYet", 0, "OwnFault", 0, "Fault", 0, "ReadEntry", 1, "Verdict", 3);

    /** Pages and acts of people alone: nobody's message is refused there. */
    private static final List<String> PEOPLE = List.of(
            "console/",
            "sandbox/",
            "demo/",
            "prove/",
            "print/",
            "wire/nso/",
            "wire/http/people/",
            "wire/http/signin/",
            "code/Refused");

    /** What people alone are told, what comes before any door is known, and what we could not do: no door counts it. */
    private static final Set<String> NOT_AT_DOORS =
            Set.of("account-disabled", "session-ended", "bad-request-line", "incident", "internal", "unavailable");

    private static final Path MAIN = Path.of("src/main/java/vn/bocau");
    private static final Pattern MAPPED =
            Pattern.compile("['\"]code['\"]\\s*:\\s*['\"]([a-z0-9-]+)['\"](\\s*(\\+|\\|\\|))?");

    /** A code, or the begin of a family of them with a star, and where it is said. */
    private final Map<String, String> found = new TreeMap<>();

    /** What could not be followed back. */
    private final Set<String> lost = new TreeSet<>();

    private final Map<String, CompilationUnitTree> units = new HashMap<>();

    static FailureCodes read() throws IOException {
        var codes = new FailureCodes();
        codes.parse();
        codes.units.forEach((file, unit) -> {
            if (PEOPLE.stream().noneMatch(file::startsWith)) {
                codes.scan(file, unit);
            }
        });
        codes.mappings();
        NOT_AT_DOORS.forEach(codes.found::remove);
        return codes;
    }

    Map<String, String> found() {
        return found;
    }

    Set<String> lost() {
        return lost;
    }

    private void parse() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> tree = Files.walk(MAIN)) {
            List<Path> sources =
                    tree.filter(p -> p.toString().endsWith(".java")).toList();
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            for (CompilationUnitTree unit : task.parse()) {
                units.put(
                        MAIN.toAbsolutePath()
                                .relativize(Path.of(unit.getSourceFile().toUri()))
                                .toString(),
                        unit);
            }
        }
    }

    private void scan(String file, CompilationUnitTree unit) {
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitNewClass(NewClassTree made, Void nothing) {
                Integer at = CODE.get(made.getIdentifier().toString());
                if (at != null
                        && made.getArguments().size() > at + 1
                        // The directory has another: what is thought of an address.
                        && (!made.getIdentifier().toString().equals("Verdict") || file.startsWith("wire/out/"))) {
                    follow(file, made.getArguments().get(at), getCurrentPath(), new HashSet<>());
                }
                return super.visitNewClass(made, nothing);
            }

            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
                Tree base = enclosing(getCurrentPath(), ClassTree.class).getExtendsClause();
                String called = call.getMethodSelect().toString();
                if (called.equals("AtTheDoor.refused")) {
                    follow(file, call.getArguments().get(0), getCurrentPath(), new HashSet<>());
                }
                if (file.startsWith("wire/http/")
                        && call.getArguments().size() == 4
                        && (called.equals("Problem.of") || file.endsWith("/Problem.java") && called.equals("of"))) {
                    follow(file, call.getArguments().get(1), getCurrentPath(), new HashSet<>());
                }
                if (called.equals("super") && "OwnFault".equals(String.valueOf(base))) {
                    follow(file, call.getArguments().get(0), getCurrentPath(), new HashSet<>());
                }
                return super.visitMethodInvocation(call, nothing);
            }
        }.scan(unit, null);
    }

    /** @param seen methods that are being followed already */
    private void follow(String file, ExpressionTree said, TreePath where, Set<String> seen) {
        if (said instanceof LiteralTree literal) {
            if (literal.getValue() instanceof String code && !code.isEmpty()) {
                found.putIfAbsent(code, file);
            }
        } else if (said instanceof ParenthesizedTree inner) {
            follow(file, inner.getExpression(), where, seen);
        } else if (said instanceof ConditionalExpressionTree either) {
            follow(file, either.getTrueExpression(), where, seen);
            follow(file, either.getFalseExpression(), where, seen);
        } else if (said instanceof IdentifierTree name) {
            name(file, name.getName().toString(), where, seen);
        } else if (said instanceof MemberSelectTree constant) {
            constant(file, constant, seen);
        } else if (said instanceof MethodInvocationTree call) {
            call(file, call, where, seen);
        } else {
            lost.add(file + ": " + said);
        }
    }

    private void name(String file, String name, TreePath where, Set<String> seen) {
        MethodTree method = enclosing(where, MethodTree.class);
        if (method != null) {
            for (int i = 0; i < method.getParameters().size(); i++) {
                if (method.getParameters().get(i).getName().contentEquals(name)) {
                    callers(file, method, i, seen);
                    return;
                }
            }
        }
        List<VariableTree> variables = new ArrayList<>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitVariable(VariableTree variable, Void nothing) {
                if (variable.getName().contentEquals(name) && variable.getInitializer() != null) {
                    variables.add(variable);
                }
                return super.visitVariable(variable, nothing);
            }
        }.scan(method != null && holds(method, name) ? method : units.get(file), null);
        if (variables.isEmpty()) {
            // A record's own field: its makers are looked at where they make it.
            if (enclosing(where, ClassTree.class).getMembers().stream()
                    .noneMatch(m -> m instanceof VariableTree v && v.getName().contentEquals(name))) {
                lost.add(file + ": " + name);
            }
        }
        variables.forEach(v -> follow(file, v.getInitializer(), where, seen));
    }

    private static boolean holds(MethodTree method, String name) {
        boolean[] found = {false};
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitVariable(VariableTree variable, Void nothing) {
                found[0] |= variable.getName().contentEquals(name);
                return super.visitVariable(variable, nothing);
            }
        }.scan(method.getBody(), null);
        return found[0];
    }

    private void callers(String file, MethodTree method, int parameter, Set<String> seen) {
        String name = method.getName().toString();
        if (!seen.add(file + " " + name + "/" + method.getParameters().size() + " " + parameter)) {
            return;
        }
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
                String called = call.getMethodSelect().toString();
                if (call.getArguments().size() == method.getParameters().size()
                        && (called.equals(name) || called.endsWith("." + name))) {
                    follow(file, call.getArguments().get(parameter), getCurrentPath(), seen);
                }
                return super.visitMethodInvocation(call, nothing);
            }
        }.scan(units.get(file), null);
    }

    private void constant(String file, MemberSelectTree constant, Set<String> seen) {
        String owner = constant.getExpression().toString();
        units.forEach((other, unit) -> {
            if (other.endsWith(owner + ".java")) {
                name(
                        other,
                        constant.getIdentifier().toString(),
                        new TreePath(new TreePath(unit), unit.getTypeDecls().get(0)),
                        seen);
            }
        });
    }

    /** What a method of ours gives, or what stands in for what is missing; another failure's own code is known there. */
    private void call(String file, MethodInvocationTree call, TreePath where, Set<String> seen) {
        String called = call.getMethodSelect().toString();
        String name = called.substring(called.lastIndexOf('.') + 1);
        if (name.equals("code") && call.getArguments().isEmpty()) {
            return;
        }
        if (name.equals("asText")) {
            call.getArguments().forEach(otherwise -> follow(file, otherwise, where, seen));
            return;
        }
        String owner = called.contains(".") ? called.substring(0, called.lastIndexOf('.')) : "";
        boolean known = false;
        for (Map.Entry<String, CompilationUnitTree> unit : units.entrySet()) {
            if (owner.isEmpty() ? unit.getKey().equals(file) : unit.getKey().endsWith("/" + owner + ".java")) {
                known |= given(
                        unit.getKey(),
                        unit.getValue(),
                        name,
                        call.getArguments().size(),
                        seen);
            }
        }
        if (!known) {
            lost.add(file + ": " + call);
        }
    }

    private boolean given(String file, CompilationUnitTree unit, String name, int arguments, Set<String> seen) {
        boolean[] known = {false};
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void nothing) {
                if (method.getName().contentEquals(name)
                        && method.getParameters().size() == arguments) {
                    known[0] = true;
                    if (seen.add(file + " " + name + " gives")) {
                        literals(file, method, seen);
                    }
                }
                return super.visitMethod(method, nothing);
            }
        }.scan(unit, null);
        return known[0];
    }

    /** All words a method can give; what it builds up in a variable, and what others of its class give it, is among them. */
    private void literals(String file, MethodTree method, Set<String> seen) {
        new TreePathScanner<Void, Boolean>() {
            @Override
            public Void visitReturn(ReturnTree given, Boolean inside) {
                return scan(given.getExpression(), true);
            }

            @Override
            public Void visitVariable(VariableTree variable, Boolean inside) {
                boolean words = "String".equals(String.valueOf(variable.getType()));
                return variable.getInitializer() == null ? null : scan(variable.getInitializer(), words);
            }

            @Override
            public Void visitAssignment(AssignmentTree set, Boolean inside) {
                return scan(set.getExpression(), true);
            }

            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Boolean inside) {
                if (Boolean.TRUE.equals(inside) && call.getMethodSelect() instanceof IdentifierTree other) {
                    given(
                            file,
                            units.get(file),
                            other.getName().toString(),
                            call.getArguments().size(),
                            seen);
                }
                return super.visitMethodInvocation(call, false);
            }

            @Override
            public Void visitIdentifier(IdentifierTree constant, Boolean inside) {
                String name = constant.getName().toString();
                if (Boolean.TRUE.equals(inside) && name.equals(name.toUpperCase(Locale.ROOT))) {
                    name(file, name, getCurrentPath(), seen);
                }
                return null;
            }

            @Override
            public Void visitLiteral(LiteralTree literal, Boolean inside) {
                if (Boolean.TRUE.equals(inside)
                        && literal.getValue() instanceof String code
                        && code.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
                    found.putIfAbsent(code, file);
                }
                return null;
            }
        }.scan(new TreePath(new TreePath(units.get(file)), method), false);
    }

    private void mappings() throws IOException {
        try (Stream<Path> tree = Files.walk(Path.of("mappings"))) {
            for (Path file : tree.filter(
                            p -> p.toString().matches(".*(answer|\\.out|\\.lib)\\.(jslt|xsl)|.*answer\\.(jslt|xsl)"))
                    .filter(p -> !p.toString().contains("/examples/"))
                    .toList()) {
                Matcher code = MAPPED.matcher(Files.readString(file));
                while (code.find()) {
                    found.putIfAbsent(code.group(2) == null ? code.group(1) : code.group(1) + "*", file.toString());
                }
            }
        }
    }

    private static <T extends Tree> T enclosing(TreePath path, Class<T> kind) {
        for (TreePath at = path; at != null; at = at.getParentPath()) {
            if (kind.isInstance(at.getLeaf())) {
                return kind.cast(at.getLeaf());
            }
        }
        return null;
    }
}
