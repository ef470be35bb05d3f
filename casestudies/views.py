"""Pages about what is assessed. Reading a case study is in `scoring`, because who reads depends on the panel."""

from django.shortcuts import get_object_or_404, render

from casestudies.models import Framework


def frameworks(request):
    """The editions of the EDS that the portal holds."""
    return render(
        request, "casestudies/frameworks.html", {"frameworks": Framework.objects.exclude(status="draft")}
    )


def framework(request, pk: int):
    """One edition: its domains, outcome areas and rating descriptors, as the panel reads them."""
    row = get_object_or_404(Framework.objects.exclude(status="draft").whole(), pk=pk)
    return render(request, "casestudies/framework.html", {"framework": row})
