// For the tests of this folder: keeps the last text sent.
#pragma once

#include "ports/messenger.hpp"

#include <string>
#include <utility>

namespace safargo::auth {

struct LastMessage final : Messenger {
    Task<Receipt> deliver(Delivery delivery) override {
        text = std::move(delivery.text);
        co_return Receipt{};
    }
    std::string text;
};

}  // namespace safargo::auth
