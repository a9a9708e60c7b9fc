"""Where each decoder comes from."""

PAPERS = {
    "nic": "Vinyals et al. 2015",
    "lrcn": "Donahue et al. 2015",
    "mrnn": "Mao et al. 2014",
    "soft_attention": "Xu et al. 2015",
    "adaptive_attention": "Lu et al. 2017",
    "top_down": "Anderson et al. 2018",
}
