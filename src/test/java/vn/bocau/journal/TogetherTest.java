package vn.bocau.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TogetherTest {

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final AtomicInteger groups = new AtomicInteger();
    private final AtomicInteger ones = new AtomicInteger();

    private List<Integer> doubled(List<Integer> all) {
        groups.incrementAndGet();
        return all.stream().map(n -> 2 * n).toList();
    }

    private int doubledAlone(int one) {
        ones.incrementAndGet();
        return 2 * one;
    }

    @Test
    void who_comes_alone_waits_for_nobody() {
        var together = new Together<Integer, Integer>(10, this::doubled, this::doubledAlone, e -> false);

        assertThat(together.ask(21)).isEqualTo(42);
        assertThat(groups).hasValue(1);
        assertThat(ones).hasValue(0);
    }

    @Test
    void what_is_wrong_with_who_comes_alone_is_tried_once() {
        var together = new Together<Integer, Integer>(
                10,
                all -> {
                    throw new IllegalStateException("not " + all);
                },
                this::doubledAlone,
                e -> false);

        assertThatThrownBy(() -> together.ask(21)).hasMessageContaining("not [21]");
        assertThat(ones).hasValue(0);
    }

    @Test
    void what_is_left_undone_is_done_alone_and_nobody_waits_for_it() throws Exception {
        var undone = new CountDownLatch(1);
        var others = new CountDownLatch(1);
        var together = new Together<Integer, Integer>(
                10,
                all -> all.stream().map(n -> n == 3 ? null : 2 * n).toList(),
                one -> {
                    undone.countDown();
                    await(others);
                    return doubledAlone(one);
                },
                e -> false);
        Future<Integer> three = callers.submit(() -> together.ask(3));
        assertThat(undone.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(together.ask(4)).isEqualTo(8);
        assertThat(three).isNotDone();
        others.countDown();
        assertThat(three.get(10, TimeUnit.SECONDS)).isEqualTo(6);
    }

    @Test
    void who_comes_while_somebody_is_at_it_is_done_with_all_who_came() throws Exception {
        var first = new CountDownLatch(1);
        var others = new CountDownLatch(1);
        var together = new Together<Integer, Integer>(
                10,
                all -> {
                    first.countDown();
                    await(others);
                    return doubled(all);
                },
                this::doubledAlone,
                e -> false);
        Future<Integer> one = callers.submit(() -> together.ask(1));
        assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
        List<Thread> threads = new ArrayList<>();
        List<CompletableFuture<Integer>> rest = IntStream.range(2, 7)
                .mapToObj(n -> {
                    var answer = new CompletableFuture<Integer>();
                    Thread thread = new Thread(() -> answer.complete(together.ask(n)));
                    thread.start();
                    threads.add(thread);
                    return answer;
                })
                .toList();
        awaitWaiting(threads);
        others.countDown();

        assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo(2);
        for (int n = 2; n < 7; n++) {
            assertThat(rest.get(n - 2).get(10, TimeUnit.SECONDS)).isEqualTo(2 * n);
        }
        assertThat(groups).hasValue(2);
        assertThat(ones).hasValue(0);
    }

    @Test
    void where_they_cannot_be_done_together_each_is_done_alone_and_hears_its_own_answer() throws Exception {
        Function<Integer, Integer> alone = one -> {
            if (one % 10 == 3) {
                throw new IllegalArgumentException("not " + one);
            }
            return doubledAlone(one);
        };
        var together = new Together<Integer, Integer>(
                100,
                all -> {
                    if (all.size() == 1) {
                        return List.of(alone.apply(all.get(0)));
                    }
                    throw new IllegalStateException("one of them");
                },
                alone,
                e -> false);
        List<Future<Integer>> answers = manyAsk(together, 400);
        for (int n = 0; n < 400; n++) {
            Future<Integer> answer = answers.get(n);
            if (n % 10 == 3) {
                assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS)).hasMessageContaining("not " + n);
            } else {
                assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(2 * n);
            }
        }
        assertThat(ones).hasValue(360);
    }

    @Test
    void each_of_many_is_done_once_and_no_more_than_so_many_at_once() throws Exception {
        var first = new CountDownLatch(1);
        var others = new CountDownLatch(1);
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        var together = new Together<Integer, Integer>(
                7,
                all -> {
                    sizes.add(all.size());
                    first.countDown();
                    await(others);
                    return doubled(all);
                },
                this::doubledAlone,
                e -> false);
        callers.submit(() -> together.ask(0));
        assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
        List<Thread> threads = new ArrayList<>();
        Map<Integer, Integer> answers = new ConcurrentHashMap<>();
        for (int n = 1; n <= 20; n++) {
            int question = n;
            threads.add(new Thread(() -> answers.put(question, together.ask(question))));
        }
        threads.forEach(Thread::start);
        awaitWaiting(threads);
        others.countDown();
        for (Thread thread : threads) {
            thread.join(10_000);
        }

        assertThat(sizes).containsExactly(1, 7, 7, 6);
        assertThat(ones).hasValue(0);
        assertThat(answers)
                .hasSize(20)
                .allSatisfy((n, answer) -> assertThat(answer).isEqualTo(2 * n));
    }

    @Test
    void what_is_nobodys_own_fault_all_of_the_turn_and_all_who_wait_hear_at_once() throws Exception {
        var begun = new CountDownLatch(1);
        var others = new CountDownLatch(1);
        var turns = new AtomicInteger();
        var together = new Together<Integer, Integer>(
                3,
                all -> {
                    turns.incrementAndGet();
                    begun.countDown();
                    await(others);
                    throw new IllegalStateException("no connection");
                },
                this::doubledAlone,
                e -> e instanceof IllegalStateException);
        Map<Integer, String> heard = new ConcurrentHashMap<>();
        List<Thread> threads = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            int question = n;
            var thread = new Thread(() -> {
                try {
                    together.ask(question);
                } catch (IllegalStateException e) {
                    heard.put(question, e.getMessage());
                }
            });
            thread.start();
            threads.add(thread);
            if (n == 0) {
                await(begun);
            }
        }
        awaitWaiting(threads.subList(1, 20));
        others.countDown();
        for (Thread thread : threads) {
            thread.join(10_000);
        }

        assertThat(heard).hasSize(20).containsValue("no connection");
        assertThat(turns).hasValue(1);
        assertThat(ones).hasValue(0);
    }

    @Test
    void after_a_fault_of_nobodys_own_who_comes_then_is_tried_again() {
        var away = new AtomicInteger(1);
        var together = new Together<Integer, Integer>(
                10,
                all -> {
                    if (away.getAndDecrement() > 0) {
                        throw new IllegalStateException("no connection");
                    }
                    return doubled(all);
                },
                this::doubledAlone,
                e -> true);

        assertThatThrownBy(() -> together.ask(1)).hasMessage("no connection");
        assertThat(together.ask(1)).isEqualTo(2);
    }

    private List<Future<Integer>> manyAsk(Together<Integer, Integer> together, int count) {
        var pool = Executors.newFixedThreadPool(32);
        return IntStream.range(0, count)
                .mapToObj(n -> pool.submit(() -> together.ask(n)))
                .toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All at the same time: then none of them waits for the lock, but each for the end of the turn. */
    private static void awaitWaiting(List<Thread> threads) {
        while (!threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
    }
}
