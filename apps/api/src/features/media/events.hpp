// Commands that this feature gives itself, after the commit.
#pragma once

#include "contract/described.hpp"
#include "core/ids.hpp"
#include "db/event_kind.hpp"

namespace safargo::media {

// Nobody names the picture any more: its objects and then its row are to be removed.
inline const db::EventKind picture_discarded{"picture.discarded", db::Listeners::one};

// The payload.
struct PictureDiscarded {
    PictureId picture_id;
};
BOOST_DESCRIBE_STRUCT(PictureDiscarded, (), (picture_id))

}  // namespace safargo::media
