package vn.bocau.journal;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.task.SimpleAsyncTaskSchedulerCustomizer;
import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.boot.task.ThreadPoolTaskSchedulerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * The clocks of Spring's. What fails on one is told as what fails on a clock of the routes, on threads of either kind. On the
 * usual one its tasks wait for each other, which metrics may; what an operator waits for has {@link #APART}.
 */
@Configuration(proxyBeanMethods = false)
public class Ticks {

    /**
     * Clock of what must not wait for anything else: to close a route takes as long as what is on it, and to ask for a number
     * as long as the database takes. Each of its tasks has a thread.
     */
    public static final String APART = "clocksApart";

    /** As many as there are tasks on it; one whose next turn comes after the end of this one takes no second. */
    private static final int TASKS = 6;

    @Bean
    ThreadPoolTaskSchedulerCustomizer failingTicks(ObjectProvider<Parking> parking) {
        return scheduler ->
                scheduler.setErrorHandler(failure -> parking.getObject().again(failure));
    }

    @Bean
    SimpleAsyncTaskSchedulerCustomizer failingVirtualTicks(ObjectProvider<Parking> parking) {
        return scheduler ->
                scheduler.setErrorHandler(failure -> parking.getObject().again(failure));
    }

    /** Not in the place of the usual one. */
    @Bean(name = APART, defaultCandidate = false)
    ThreadPoolTaskScheduler clocksApart(ThreadPoolTaskSchedulerBuilder clocks) {
        return clocks.poolSize(TASKS).threadNamePrefix("clock-").build();
    }
}
