import { mount } from 'svelte'
import 'hearth-recommender/elements'
import App from './App.svelte'
import './style.css'

export const app = mount(App, { target: document.querySelector('#app') })
