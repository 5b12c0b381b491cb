"""What every act asks for, said once: the options of the command line and the fields of the pages.

`form_of(name)`: the form as the fact has it; `office.acts.forms.fitting`: as a case needs it, with
what may be picked; `office.acts.forms.filling`: from what was submitted to the act.
"""

from office.acts.forms.deriving import NAMES, every_form, form_of
from office.acts.forms.model import ActForm, Asks, Depends, FormField

__all__ = ["NAMES", "ActForm", "Asks", "Depends", "FormField", "every_form", "form_of"]
