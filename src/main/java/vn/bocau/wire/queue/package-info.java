/** The door for partners who speak JMS or AMQP: queue {@code in.<partner>}. */
@org.jspecify.annotations.NullMarked
package vn.bocau.wire.queue;
