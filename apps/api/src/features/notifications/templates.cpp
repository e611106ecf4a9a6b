#include "features/notifications/templates.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace safargo::notifications {
namespace {

constexpr std::array templates{
    Template{"otp",
             2,
             {"Votre code SafarGo", "{0} est votre code SafarGo. Il expire dans {1} minutes. Ne le donnez à personne."},
             {"رمز SafarGo الخاص بك", "{0} هو رمزك في SafarGo. تنتهي صلاحيته بعد {1} دقائق. لا تعطه لأحد."},
             {"Your SafarGo code", "{0} is your SafarGo code. It expires in {1} minutes. Give it to nobody."}},
    Template{"booking_requested",
             2,
             {"Nouvelle demande", "Une demande de place attend votre réponse pour {0}, réponse avant {1}."},
             {"طلب جديد", "طلب مكان ينتظر ردك لرحلة {0}، الرد قبل {1}."},
             {"New request", "A seat request waits for your answer for {0}, answer before {1}."}},
    Template{"booking_confirmed",
             2,
             {"Place confirmée", "Votre place pour {0} est confirmée. Départ à {1}."},
             {"تم تأكيد مكانك", "مكانك في رحلة {0} مؤكد. الانطلاق على {1}."},
             {"Seat confirmed", "Your seat for {0} is confirmed. Departure at {1}."}},
    Template{"booking_declined",
             1,
             {"Demande refusée", "Le conducteur n'a pas pu accepter votre demande pour {0}."},
             {"رُفض الطلب", "لم يتمكن السائق من قبول طلبك لرحلة {0}."},
             {"Request declined", "The driver could not accept your request for {0}."}},
    Template{"booking_cancelled",
             1,
             {"Réservation annulée", "La réservation pour {0} a été annulée."},
             {"أُلغي الحجز", "تم إلغاء الحجز لرحلة {0}."},
             {"Booking cancelled", "The booking for {0} was cancelled."}},
    Template{"booking_expired",
             1,
             {"Demande expirée", "La demande pour {0} a expiré, les places sont de nouveau libres."},
             {"انتهت صلاحية الطلب", "انتهت صلاحية الطلب لرحلة {0} وأصبحت الأماكن شاغرة."},
             {"Request expired", "The request for {0} has expired and the seats are free again."}},
};

const Wording& wording(const Template& entry, Language language) {
    switch (language) {
        case Language::ar:
            return entry.ar;
        case Language::en:
            return entry.en;
        case Language::fr:
            break;
    }
    return entry.fr;
}

// {0} and {1} only: what people wrote is a parameter and is never read as a pattern.
std::string fill(std::string_view pattern, const std::vector<std::string>& parameters) {
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool hole = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}';
        if (!hole) {
            text.push_back(pattern[i]);
            continue;
        }
        text += parameters.at(static_cast<std::size_t>(pattern[i + 1] - '0'));
        i += 2;
    }
    return text;
}

}  // namespace

std::span<const Template> all_templates() {
    return templates;
}

Rendered render(std::string_view name, Language language, const std::vector<std::string>& parameters) {
    const auto found = std::ranges::find(templates, name, &Template::name);
    if (found == templates.end() || found->parameters != parameters.size()) {
        throw std::logic_error("no such message template: " + std::string(name));
    }
    const Wording& words = wording(*found, language);
    return {fill(words.subject, parameters), fill(words.text, parameters)};
}

}  // namespace safargo::notifications
