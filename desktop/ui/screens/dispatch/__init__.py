"""月调度: a month of all projects, or of all sites, in one table."""
