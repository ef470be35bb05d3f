"""Pages about what is assessed. Reading a case study is in `scoring`, because who reads depends on the panel."""
