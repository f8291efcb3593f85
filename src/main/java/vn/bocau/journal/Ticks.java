package vn.bocau.journal;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.task.SimpleAsyncTaskSchedulerCustomizer;
import org.springframework.boot.task.ThreadPoolTaskSchedulerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What fails on a clock of Spring's is told as what fails on a clock of the routes, on threads of either kind. */
@Configuration(proxyBeanMethods = false)
class Ticks {

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
}
