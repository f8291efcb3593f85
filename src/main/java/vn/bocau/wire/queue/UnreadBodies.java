package vn.bocau.wire.queue;

import java.util.Map;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.protocol.core.Packet;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.MessagePacketI;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionReceiveLargeMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionReceiveMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import vn.bocau.wire.http.HttpSettings;

/**
 * Nobody fills our memory by a queue. Artemis' client has read the whole body of a JMS message, but for a BytesMessage's,
 * before anybody sees it. So what is too large for us comes as a BytesMessage whose body nobody reads, with what it is in
 * {@link #TYPE}; and so does what is compressed, of which only the sender knows how large it is.
 */
@Configuration(proxyBeanMethods = false)
class UnreadBodies {

    /** Property of a message whose body is not to be read: which JMS message it is. */
    static final String TYPE = "bocau_unread";

    /** Of the body as it travels, where a letter of a text takes two bytes. */
    private static final int BYTES_OF_A_LETTER = 2;

    private static final Map<Byte, String> TYPES = Map.of(
            Message.OBJECT_TYPE, "ObjectMessage",
            Message.TEXT_TYPE, "TextMessage",
            Message.BYTES_TYPE, "BytesMessage",
            Message.MAP_TYPE, "MapMessage",
            Message.STREAM_TYPE, "StreamMessage");

    @Bean
    static BeanPostProcessor markingUnreadBodies(ObjectProvider<HttpSettings> limits) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof JmsPoolConnectionFactory pool
                        && pool.getConnectionFactory() instanceof ActiveMQConnectionFactory connections) {
                    long limit = limits.getObject().maxBody().toBytes();
                    connections.getServerLocator().addIncomingInterceptor(new Unread(limit));
                }
                return bean;
            }
        };
    }

    private record Unread(long limit) implements Interceptor {

        @Override
        public boolean intercept(Packet packet, RemotingConnection connection) {
            if (packet instanceof SessionReceiveLargeMessage || packet instanceof SessionReceiveMessage) {
                Message message = ((MessagePacketI) packet).getMessage();
                long travels = packet instanceof SessionReceiveLargeMessage large
                        ? large.getLargeMessageSize()
                        : message.getEncodeSize();
                mark((ICoreMessage) message, travels);
            }
            return true;
        }

        private void mark(ICoreMessage message, long travels) {
            // The mark is ours alone, and what is said of a body in a way that is not Artemis' own would end its
            // client.
            message.removeProperty(SimpleString.of(TYPE));
            keep(message, Message.HDR_LARGE_COMPRESSED, Boolean.class);
            keep(message, Message.HDR_LARGE_BODY_SIZE, Long.class);
            if (!TYPES.containsKey(message.getType())) {
                // Artemis' client knows no such message and would stop to listen: as one without a body it is parked.
                message.setType(Message.DEFAULT_TYPE);
            }
            boolean compressed = message.getBooleanProperty(Message.HDR_LARGE_COMPRESSED);
            if (travels <= limit * BYTES_OF_A_LETTER && !compressed) {
                return;
            }
            message.putStringProperty(
                    SimpleString.of(TYPE), SimpleString.of(TYPES.getOrDefault(message.getType(), "Message")));
            message.setType(Message.BYTES_TYPE);
            if (!message.containsProperty(Message.HDR_LARGE_BODY_SIZE)) {
                message.putLongProperty(Message.HDR_LARGE_BODY_SIZE, travels);
            }
        }

        private static void keep(ICoreMessage message, SimpleString property, Class<?> type) {
            if (!type.isInstance(message.getObjectProperty(property))) {
                message.removeProperty(property);
            }
        }
    }
}
