#include "adapters/redis/link.hpp"

namespace safargo::redis {

Task<void> Link::fill(std::shared_ptr<Link> self) {
    const std::size_t size = co_await self->transport_->read_some(self->buffer_);
    self->reader_.feed({self->buffer_.data(), size});
}

Task<Reply> Link::read(std::shared_ptr<Link> self) {
    for (;;) {
        if (auto reply = self->next()) co_return std::move(*reply);
        co_await fill(self);
    }
}

Task<void> Link::write(std::shared_ptr<Link> self, std::string bytes) {
    co_await self->transport_->write(bytes);
}

Task<Reply> Link::ask(std::shared_ptr<Link> self, Command command) {
    std::string bytes;
    append_command(bytes, command);
    co_await write(self, std::move(bytes));
    co_return co_await read(self);
}

}  // namespace safargo::redis
